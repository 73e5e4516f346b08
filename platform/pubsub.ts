import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Transaction } from 'sequelize'
import { log } from './log.ts'
import { connectRedis, orElse, redis } from './redis.ts'

/**
 * Messages between the processes of this instance. They may be lost while Redis is away: whoever listens must also
 * come right without them, only later.
 */
type Listener = (message: never) => void
type Envelope = { from: string; message: unknown }

const here = randomUUID()
const prefix = 'kith:topic:'
const listeners = new Map<string, Set<Listener>>()
let ear: Redis | undefined

/** Tells every listener of a topic, in this process at once and in the others through Redis. */
export async function publish(topic: string, message: object): Promise<void> {
  hear(topic, message)
  const envelope: Envelope = { from: here, message }
  await orElse(() => redis.publish(prefix + topic, JSON.stringify(envelope)), 0)
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

/** Calls `listener` with every message of a topic, until the returned function is called. */
export function subscribe<M extends object>(topic: string, listener: (message: M) => void): () => void {
  const all = listeners.get(topic) ?? new Set()
  all.add(listener as Listener)
  listeners.set(topic, all)
  ear ??= listen()
  void orElse(() => ear!.subscribe(prefix + topic), undefined)
  return () => {
    all.delete(listener as Listener)
    if (all.size === 0 && listeners.delete(topic))
      void orElse(() => ear!.unsubscribe(prefix + topic), undefined)
  }
}

/** Ends the connection that listens. */
export function closePubsub(): void {
  ear?.disconnect()
  ear = undefined
  listeners.clear()
}

// A connection of its own, as one that listens can do nothing else; ioredis subscribes anew after every break.
function listen(): Redis {
  const client = connectRedis({ lazyConnect: false, enableOfflineQueue: true, maxRetriesPerRequest: null })
  client.on('message', (channel: string, text: string) => {
    const { from, message } = JSON.parse(text) as Envelope
    if (from !== here) hear(channel.slice(prefix.length), message)
  })
  return client
}

function hear(topic: string, message: unknown): void {
  for (const listener of listeners.get(topic) ?? []) {
    try {
      listener(message as never)
    } catch (error) {
      log.warn({ topic, error: Error.isError(error) ? error.message : String(error) }, 'a listener failed')
    }
  }
}
