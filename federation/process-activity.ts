import type { Ctx } from '#core/ctx'
import { accountUri } from '#core/addresses'
import { isBarredDomain } from '#core/instances/instance.policy'
import { isRelayUri } from '#core/relays/relay.queries'
import { now } from '#platform/clock'
import { Gone, KithError, TooMany, Unavailable } from '#platform/errors'
import { log } from '#platform/log'
import { Permanent, Retry } from '#platform/outcomes'
import type { OwedRow } from '#platform/owed-work'
import { compareFollowers } from './compare-followers.ts'
import { withFetchBudget } from './fetch-budget.ts'
import { findAccount } from './find-account.ts'
import { hearFrom } from './hear-from.ts'
import type { Incoming, Listener } from './listen.ts'
import { NotYet, pauseAfterLook } from './not-yet.ts'
import { hostOf, idOf, textOf, typesOf } from './properties.ts'
import { howToPassOn } from './pass-on.ts'
import type { OwedActivity } from './take-activity.ts'
import { forgetMark } from './received-marks.ts'
import { isProvenBy } from './verify-proof.ts'

/**
 * Works on an activity that was taken in: finds its sender and calls the listener of its type. What a use-case
 * refuses ends quietly; what failed for another reason is tried again and in the end kept for inspection (federation
 * rule 51).
 */
export const processActivity =
  (ctx: Ctx, listeners: Map<string, Listener>) =>
  (row: OwedRow): Promise<void> =>
    withFetchBudget(() => work(ctx, listeners, row)).catch((error: unknown) => later(row, error))

/** Of what is too much of a domain for this hour some is done in each of the next ones, for a day. */
async function later(row: OwedRow, error: unknown): Promise<void> {
  if (!(error instanceof TooMany)) throw error
  const pause = pauseAfterLook(row.attempts)
  if (pause === undefined) return forget(row)
  const left = (error.retryAt.getTime() - now().getTime()) / 1000
  // Not before that, and not all of it at once.
  throw new Retry(error.message, { seconds: Math.max(pause, left * (1.25 + Math.random())), cause: error })
}

async function work(ctx: Ctx, listeners: Map<string, Listener>, row: OwedRow): Promise<void> {
  const { activity, isForwarded, forwarderUri, followers } = row.payload as OwedActivity
  const actorUri = idOf(activity.actor) ?? ''
  if (!isForwarded) await hearFrom(hostOf(actorUri) ?? '')
  const listener = typesOf(activity).flatMap((type) => listeners.get(type) ?? [])[0]
  if (!listener) return
  const actor = await findAccount(ctx, actorUri)
  if (!actor) throw new Retry('the sender cannot be fetched')
  if (actor.isLocal || actor.goneAt || actor.suspendedAt || (await isBarredDomain(actor.domain ?? '')))
    return forget(row)
  if (accountUri(actor) !== actorUri) throw new Permanent('the sender has another id')
  const isHearsay = isForwarded && !(await isProvenBy(actor, activity))
  const isRelayed = forwarderUri !== undefined && (await isByRelay(forwarderUri))
  const incoming = { json: activity, id: textOf(activity.id), actor, isForwarded: isHearsay, isRelayed }
  const passOn = isForwarded ? undefined : await howToPassOn(activity, actor.id)
  if (await run(ctx, listener, incoming, row.attempts)) await passOn?.(ctx)
  else await forget(row)
  if (followers) await compareFollowers(ctx, actor, followers)
}

const isByRelay = async (uri: string): Promise<boolean> =>
  (await isRelayUri({}, uri)) && !(await isBarredDomain(hostOf(uri) ?? ''))

// What was refused may come again in order, or when it is welcome. Of what a group passed on no mark of its own is known.
async function forget({ payload }: OwedRow): Promise<void> {
  const { activity, isForwarded, forwarderUri } = payload as OwedActivity
  if (!isForwarded || forwarderUri) await forgetMark(activity, isForwarded ? forwarderUri : undefined)
}

/** Gives false for what is refused, for what it is or for whose it is. */
async function run(ctx: Ctx, listener: Listener, incoming: Incoming, looks: number): Promise<boolean> {
  try {
    await listener.run({ ...ctx, actor: { kind: 'stranger', accountId: incoming.actor.id } }, incoming)
    return true
  } catch (error) {
    const seconds = error instanceof NotYet ? pauseAfterLook(looks) : undefined
    if (seconds && Error.isError(error)) throw new Retry(error.message, { seconds, cause: error })
    if (error instanceof NotYet) {
      log.debug({ activity: incoming.id, error: error.message }, 'it never came')
      return true
    }
    if (!(error instanceof KithError) || error instanceof Unavailable || error instanceof TooMany) throw error
    log.debug({ activity: incoming.id, error: error.message }, 'an activity was refused')
    return error instanceof Gone
  }
}
