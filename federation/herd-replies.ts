import type { Ctx } from '#core/ctx'
import type { Id } from '#platform/ids'
import { lru } from '#platform/lru'
import { publish, subscribe } from '#platform/pubsub'
import type { Reply } from './reply.ts'

const SECOND = 1000
/** More than so many who ask for one thing within a second are a herd. */
const FEW = 2
/** So long a herd is given what the first of it got. */
const KEPT = 30 * SECOND

type Demand = {
  since: number
  asked: number
  herdUntil: number
  kept?: { reply: Reply; at: number }
  /** Somebody makes it anew at the moment. Never rejects. */
  renewal?: Promise<void>
}

const topic = 'documents'
const demands = lru<Demand>(2000)
let isListening = false

type Means<R> = {
  /** Turns away who may have nothing; with `isHerd` without asking the database each time. */
  admit: (isHerd: boolean) => Promise<void>
  make: () => Promise<R>
}

/**
 * The reply at a path, as `make` makes it; while many ask for it at once, one that is at most thirty seconds old, if it is for
 * everybody. Whoever changes a post or profile tells, so that only figures and lists lag behind.
 */
export async function inHerd<R extends Reply | undefined>(path: string, means: Means<R>): Promise<R | Reply> {
  listen()
  const now = performance.now()
  const demand = noted(path, now)
  if (now >= demand.herdUntil) return renewed(demand, means, false)
  // What is made now may be for one alone: only what was found to be for everybody is given to others.
  if (!demand.kept) await demand.renewal
  const { kept } = demand
  if (!kept || (!demand.renewal && now - kept.at >= KEPT)) return renewed(demand, means, true)
  await means.admit(true)
  return kept.reply
}

function noted(path: string, now: number): Demand {
  const demand = demands.get(path) ?? { since: now, asked: 0, herdUntil: 0 }
  if (now - demand.since > SECOND) Object.assign(demand, { since: now, asked: 0 })
  demand.asked += 1
  if (demand.asked > FEW) demand.herdUntil = now + KEPT
  demands.set(path, demand)
  return demand
}

async function renewed<R extends Reply | undefined>(
  demand: Demand,
  { admit, make }: Means<R>,
  isHerd: boolean,
): Promise<R> {
  const done = Promise.withResolvers<void>()
  demand.renewal = done.promise
  const at = performance.now()
  try {
    await admit(isHerd)
    const reply = await make()
    // Whoever changed it meanwhile has thrown this demand away, and what is kept in it is seen by nobody.
    if (reply?.status === 200 && reply.headers['Cache-Control']?.startsWith('public'))
      demand.kept = { reply, at }
    else delete demand.kept
    return reply
  } finally {
    delete demand.renewal
    done.resolve()
  }
}

function listen(): void {
  if (isListening) return
  isListening = true
  subscribe<{ accountId: Id }>(
    topic,
    ({ accountId }) => forget(`/users/${accountId}`),
    () => demands.clear(),
  )
}

function forget(path: string): void {
  for (const each of demands.keys()) if (each === path || each.startsWith(`${path}/`)) demands.delete(each)
}

/** Tells every process that an account changed, or a post of it. */
export const forgetReplies = (_ctx: Ctx, changed: { accountId: Id } | { authorId: Id }): Promise<void> =>
  publish(topic, { accountId: 'accountId' in changed ? changed.accountId : changed.authorId })
