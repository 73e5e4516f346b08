import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Transaction } from 'sequelize'
import { log } from './log.ts'
import { connectRedis, orElse, redis } from './redis.ts'
import { Numbering, Sequence, type Stamp } from './sequences.ts'

/**
 * Messages between the processes of this instance. They may be lost while Redis is away: whoever listens must also
 * come right without them, only later. That something was lost is noticed: at the next message, at the next sign of life
 * of whoever sent it, or when Redis answers again.
 */
type Listener = { hear: (message: never) => void; miss: () => void }
type Envelope = Stamp & { message?: unknown }

const SIGN = 15_000
const here = randomUUID()
const prefix = 'kith:topic:'
const listeners = new Map<string, Set<Listener>>()
const sequences = new Map<string, Sequence>()
const numbering = new Numbering(here)
let ear: Redis | undefined
let signs: NodeJS.Timeout | undefined

const send = (topic: string, envelope: Envelope): Promise<number> =>
  orElse(() => redis.publish(prefix + topic, JSON.stringify(envelope)), 0)

/** Tells every listener of a topic, in this process at once and in the others through Redis. */
export async function publish(topic: string, message: object): Promise<void> {
  hear(topic, message)
  signs ??= setInterval(() => void giveSigns(), SIGN).unref()
  await send(topic, { ...numbering.next(topic), message })
}

/** Says how much was said, so that whoever missed the last of it notices. */
export async function giveSigns(): Promise<void> {
  await Promise.all([...numbering.all()].map(([topic, stamp]) => send(topic, stamp)))
}

/** Tells every listener once the transaction of `ctx` is committed; at once without one. */
export async function publishAfter(
  ctx: { tx?: Transaction | undefined },
  topic: string,
  message: object,
): Promise<void> {
  if (ctx.tx) ctx.tx.afterCommit(() => publish(topic, message))
  else await publish(topic, message)
}

/**
 * Calls `listener` with every message of a topic, until the returned function is called; `onGap` when messages of other
 * processes may have been lost.
 */
export function subscribe<M extends object>(
  topic: string,
  listener: (message: M) => void,
  onGap: () => void = () => undefined,
): () => void {
  const entry: Listener = { hear: listener as Listener['hear'], miss: onGap }
  const all = listeners.get(topic) ?? new Set()
  all.add(entry)
  listeners.set(topic, all)
  if (!sequences.has(topic)) sequences.set(topic, new Sequence())
  ear ??= listen()
  void orElse(() => ear!.subscribe(prefix + topic), undefined)
  return () => {
    all.delete(entry)
    if (all.size > 0 || !listeners.delete(topic)) return
    sequences.delete(topic)
    void orElse(() => ear!.unsubscribe(prefix + topic), undefined)
  }
}

/** Ends the connection that listens. */
export function closePubsub(): void {
  clearInterval(signs)
  signs = undefined
  ear?.disconnect()
  ear = undefined
  listeners.clear()
  sequences.clear()
}

// A connection of its own, as one that listens can do nothing else; ioredis subscribes anew after every break.
function listen(): Redis {
  const client = connectRedis({ lazyConnect: false, enableOfflineQueue: true, maxRetriesPerRequest: null })
  let wasReady = false
  client.on('ready', () => {
    if (wasReady) for (const topic of listeners.keys()) call(topic, ({ miss }) => miss())
    wasReady = true
  })
  client.on('message', (channel: string, text: string) => take(channel.slice(prefix.length), text))
  return client
}

function take(topic: string, text: string): void {
  const envelope = JSON.parse(text) as Envelope
  if (envelope.from === here) return
  const isSign = envelope.message === undefined
  if (sequences.get(topic)?.isGap(envelope, isSign)) {
    log.warn({ topic }, 'messages of another process were lost')
    call(topic, ({ miss }) => miss())
  }
  if (!isSign) hear(topic, envelope.message)
}

const hear = (topic: string, message: unknown): void => call(topic, ({ hear }) => hear(message as never))

function call(topic: string, tell: (listener: Listener) => void): void {
  for (const listener of listeners.get(topic) ?? []) {
    try {
      tell(listener)
    } catch (error) {
      log.warn({ topic, error: Error.isError(error) ? error.message : String(error) }, 'a listener failed')
    }
  }
}
