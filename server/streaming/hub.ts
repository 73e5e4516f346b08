import type { Id } from '#platform/ids'
import { type Channel, isOpen } from './channels.ts'
import type { Connection } from './connection.ts'
import type { Message } from './message.ts'

/** One channel on one open stream. */
export type Subscription = { connection: Connection; channel: Channel }

/** A subscription and what it gets. */
export type Letter = { to: Subscription; message: Message }

const connections = new Map<Connection, Map<string, Subscription>>()
const audiences = new Map<string, Set<Subscription>>()
const open = new Set<string>()
const countByToken = new Map<Id, number>()

const keyOf = ({ names }: Channel): string => names.join(' ')

/** Every open stream of this process. */
export const openConnections = (): Iterable<Connection> => connections.keys()

/** How many streams are open with a token. */
export const countConnections = (tokenId: Id): number => countByToken.get(tokenId) ?? 0

/** Takes in a new stream. */
export function enter(connection: Connection): void {
  connections.set(connection, new Map())
  const { tokenId } = connection.viewer
  countByToken.set(tokenId, countConnections(tokenId) + 1)
}

/** Forgets a stream that is closed, with all that it follows. */
export function leave(connection: Connection): void {
  for (const { channel } of connections.get(connection)?.values() ?? []) unfollow(connection, channel)
  if (!connections.delete(connection)) return
  const { tokenId } = connection.viewer
  const left = countConnections(tokenId) - 1
  if (left > 0) countByToken.set(tokenId, left)
  else countByToken.delete(tokenId)
}

/** How many channels a stream follows. */
export const followed = (connection: Connection): number => connections.get(connection)?.size ?? 0

/** Lets a stream follow a channel; once, however often it asks (STRM-12). */
export function follow(connection: Connection, channel: Channel): void {
  const own = connections.get(connection)
  if (!own || own.has(keyOf(channel))) return
  const subscription = { connection, channel }
  own.set(keyOf(channel), subscription)
  for (const name of channel.audiences) {
    const all = audiences.get(name)
    if (all) all.add(subscription)
    else audiences.set(name, new Set([subscription]))
    if (isOpen(name)) open.add(name)
  }
}

/** Ends that. */
export function unfollow(connection: Connection, channel: Channel): void {
  const own = connections.get(connection)
  const subscription = own?.get(keyOf(channel))
  if (!own || !subscription) return
  own.delete(keyOf(channel))
  for (const name of subscription.channel.audiences) {
    const all = audiences.get(name)
    all?.delete(subscription)
    if (all?.size === 0 && audiences.delete(name)) open.delete(name)
  }
}

/** The subscriptions to any of these audiences, each once. */
export function subscriptionsTo(names: Iterable<string>): Subscription[] {
  const found = new Set<Subscription>()
  for (const name of names) for (const each of audiences.get(name) ?? []) found.add(each)
  return [...found]
}

/** The audiences of public posts that somebody belongs to now. */
export const openAudiences = (): ReadonlySet<string> => open

/** Sends each letter to whoever is still there to read it. */
export function send(letters: readonly Letter[]): void {
  for (const { to, message } of letters) {
    if (connections.get(to.connection)?.get(keyOf(to.channel)) === to) to.connection.send(to.channel, message)
  }
}
