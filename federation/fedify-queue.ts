import type { Message, MessageQueue, MessageQueueEnqueueOptions } from '@fedify/fedify'
import { keysOf } from '#core/accounts/account-keys'
import { parseOurs } from '#core/addresses'
import { inSeconds } from '#platform/clock'
import { row } from '#platform/db'
import { type Owed, owe } from '#platform/owed-work'
import { transact } from '#platform/transact'

/** What the row of a queued message holds: the message, with the ids of keys where Fedify has the keys themselves. */
type Kept = { message: Message }

/**
 * Fedify's message queue on owed work: what Fedify queues is a row like everything that Kith owes, with the same leases,
 * retries and dead letters. Private keys are taken out before a message is kept (federation rule 32) and put back when
 * it is worked on.
 */
export const fedifyQueue: MessageQueue = {
  nativeRetrial: true,
  enqueue: (message: Message, options) => keep([message], options),
  enqueueMany: (messages: readonly Message[], options) => keep(messages, options),
  // Workers claim rows of kind `fedify` and hand them to `processQueuedTask`; nobody listens here.
  listen: (_handler, { signal } = {}) =>
    new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
  getDepth: async () => {
    const found = await row<{ queued: number; ready: number }>(
      {},
      `SELECT count(*)::int AS queued, (count(*) FILTER (WHERE due_at <= now()))::int AS ready
       FROM owed_work WHERE kind = 'fedify' AND dead_at IS NULL`,
    )
    const { queued = 0, ready = 0 } = found ?? {}
    return { queued, ready, delayed: queued - ready }
  },
}

const keep = (messages: readonly Message[], options: MessageQueueEnqueueOptions = {}): Promise<void> =>
  transact({}, (ctx) =>
    owe(
      ctx,
      messages.map((message): Owed => {
        const delay = options.delay?.total('seconds')
        return {
          kind: 'fedify',
          payload: { message: withoutKeys(message) } satisfies Kept,
          ...(options.orderingKey ? { lane: options.orderingKey } : {}),
          ...(delay ? { dueAt: inSeconds(delay) } : {}),
        }
      }),
    ),
  )

const withoutKeys = (message: Message): Message =>
  'keys' in message
    ? { ...message, keys: message.keys.map(({ keyId }) => ({ keyId, privateKey: {} })) }
    : message

/** The message of a row, with its keys as they are now. */
export async function restore(payload: object): Promise<Message> {
  const { message } = payload as Kept
  if (!('keys' in message)) return message
  return { ...message, keys: await Promise.all(message.keys.map(({ keyId }) => withKey(keyId))) }
}

async function withKey(keyId: string) {
  const owner = parseOurs(keyId.replace(/#.*$/, ''))
  if (!owner || !('accountId' in owner)) throw new Error(`no account of ours has the key ${keyId}`)
  const { privateKey } = await keysOf(owner.accountId)
  return {
    keyId,
    privateKey: { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', key_ops: ['sign'], ext: true },
  }
}
