import { instance } from '#config/instance'
import { endAccount } from '#core/accounts/end-account'
import { isBarredDomain } from '#core/instances/instance.policy'
import { recordRefusal } from '#core/instances/record-refusal'
import { nowhere } from '#core/remote'
import { Unavailable } from '#platform/errors'
import { row, rows } from '#platform/db'
import { gather } from '#platform/gather'
import { isOutage } from '#platform/outage'
import { owe } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { count } from './counters.ts'
import { findStoredAccount } from './find-stored.ts'
import { type FollowersDigest, readDigest } from './followers-digest.ts'
import { countIntake } from './inbox-limits.ts'
import { findKey } from './keys.ts'
import { isKnownGone } from './load-document.ts'
import { hostOf, idOf, type Json, many, sameOrigin, textOf, typesOf } from './properties.ts'
import { readActivity } from './read-activity.ts'
import { markOf } from './received-marks.ts'
import { isSameId } from './same-id.ts'
import { headerLines, type RequestSnapshot } from './signatures/signature.ts'
import { verifySignature } from './signatures/verify-signature.ts'

/** What the sender of an activity is told. */
export type Receipt = { status: number; why: string; headers?: Record<string, string> }

// Whose it is stands in it and is not proven: enough for an admin who asks why nothing comes from there.
const refuse = (status: number, why: string, actorUri?: string): Receipt => {
  count('refused', why)
  if (actorUri) recordRefusal(hostOf(actorUri) ?? '', why)
  return { status, why }
}

const tooMany = (until: Date, actorUri: string): Receipt => ({
  ...refuse(429, 'too-many', actorUri),
  headers: { 'Retry-After': String(Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000))) },
})

// The key may be had later, and then the activity with it; a failed fetch is remembered for five minutes (rule 19).
const putOff = (why: string, actorUri: string): Receipt => ({
  ...refuse(503, why, actorUri),
  headers: { 'Retry-After': '300' },
})

const taken = (why: string): Receipt => {
  count('taken', why)
  return { status: 202, why }
}

/** The row that is owed for an activity: what was sent, and whether its sender is its actor, or who else it is. */
export type OwedActivity = {
  activity: Json
  isForwarded: boolean
  forwarderUri?: string | undefined
  /** What its sender says about followers here. */
  followers?: FollowersDigest | undefined
}

const GATHER = 5
const types = /^application\/(activity\+json|ld\+json|json)\s*(;|$)/i

/**
 * Takes an activity in, or refuses it. Order of work (threat control F1): size, type and shape, blocked domains, the
 * signature over the raw bytes, whose id it is; only then is it stored, in one transaction with its mark against
 * copies, and answered 202 (federation rules 1 to 53, R-006).
 */
export async function takeActivity(request: RequestSnapshot): Promise<Receipt> {
  const [type = '', ...more] = headerLines(request.headers, 'content-type')
  if (more.length > 0 || !types.test(type)) return refuse(415, 'type')
  const activity = await readActivity(request)
  const actorUri = activity && idOf(activity.actor)
  if (!activity || !actorUri || typesOf(activity).length === 0 || !hostOf(actorUri))
    return refuse(400, 'malformed')
  if (sameOrigin(actorUri, instance.origin)) return refuse(403, 'ours')
  if (await isBarredDomain(hostOf(actorUri)!)) {
    recordRefusal(hostOf(actorUri)!, 'blocked')
    return taken('blocked')
  }
  if (await isEndOfNobody(activity, actorUri)) return taken('unknown-end')
  const verdict = await verifySignature(request, findKey, actorUri)
  const isForwarded = !verdict.ok && verdict.reason === 'other-actor' && isForwardable(activity)
  if (!verdict.ok && verdict.reason === 'gone' && isOwnEnd(activity, actorUri)) return endGone(actorUri)
  if (!verdict.ok && verdict.reason === 'unreachable') return putOff('signature-unreachable', actorUri)
  if (!verdict.ok && !isForwarded) return refuse(401, `signature-${verdict.reason}`, actorUri)
  const forwarderUri = isForwarded ? verdict.signer?.owner : undefined
  const until = await countIntake(hostOf(forwarderUri ?? actorUri)!, activity)
  if (until) return tooMany(until, forwarderUri ?? actorUri)
  if (!isForwarded && !hasOwnId(activity, actorUri)) return refuse(403, 'foreign-id', actorUri)
  const name = markOf(activity, isForwarded ? forwarderUri : undefined)
  const followers = isForwarded ? undefined : readDigest(request, actorUri)
  const work = { activity, isForwarded, forwarderUri, followers }
  if (await keepActivity(name, actorUri, work)) return taken('new')
  return (await isOf(name, actorUri)) ? taken('copy') : refuse(403, 'foreign-id', actorUri)
}

// The end of an account that was never here needs no proof and no fetch (federation rule 21).
async function isEndOfNobody(activity: Json, actorUri: string): Promise<boolean> {
  if (!isOwnEnd(activity, actorUri)) return false
  return (await row({}, 'SELECT 1 FROM accounts WHERE uri = $1', [actorUri])) === undefined
}

const isOwnEnd = (activity: Json, actorUri: string): boolean =>
  typesOf(activity).includes('Delete') && idOf(activity.object) === actorUri

// Whoever ended has taken the key along: when their own id was asked for it and said 410, that is the proof, and no
// word of what was sent is needed or kept (federation rule 20).
async function endGone(actorUri: string): Promise<Receipt> {
  const account = (await isKnownGone(actorUri)) ? await findStoredAccount(actorUri) : null
  if (!account) return refuse(401, 'signature-gone', actorUri)
  await endAccount({ actor: { kind: 'kith' }, remote: nowhere }, { accountId: account.id })
  return taken('gone')
}

// What others pass on is believed only as far as its object can be fetched, or is gone, at its origin (rule 22).
const isForwardable = (activity: Json): boolean =>
  typesOf(activity).some((type) => ['Create', 'Update', 'Delete', 'Announce'].includes(type))

/** Its id, and that of what it is deduplicated by, are on the actor's origin (federation rules 40, 41, 47). */
const hasOwnId = (activity: Json, actorUri: string): boolean => {
  if (many(activity.id).length === 0) return idOf(activity.object) !== undefined
  return sameOrigin(textOf(activity.id), actorUri)
}

// An id belongs to whoever came with it first (federation rule 43).
async function isOf(mark: string, actorUri: string): Promise<boolean> {
  const found = await row<{ uri: string }>(
    {},
    'SELECT actor_uri AS uri FROM received_activities WHERE uri = $1',
    [mark],
  )
  return found === undefined || isSameId(found.uri, actorUri)
}

/**
 * Owes the work of an activity, in one transaction with its mark against copies; gives false for a copy. Throws
 * Unavailable when it cannot be kept at the moment: the sender must come again.
 */
export async function keepActivity(mark: string, actorUri: string, work: OwedActivity): Promise<boolean> {
  try {
    return (await keep({ uri: mark, actorUri, work })) === true
  } catch (error) {
    if (!isOutage(error)) throw error
    throw new Unavailable('The activity could not be stored; send it again later', { cause: error })
  }
}

type Kept = { uri: string; actorUri: string; work: OwedActivity }

// What comes within a few milliseconds is kept in one transaction; nobody is answered before its end.
const keep = gather<Kept, boolean>(GATHER, (all) =>
  transact({}, async (ctx) => {
    // Of two with one mark the first counts; in the order of their marks, so that two processes do not wait for each other.
    const firsts = new Map(all.toReversed().map((one) => [one.uri, one]))
    const sorted = [...firsts.values()].toSorted((a, b) => (a.uri < b.uri ? -1 : 1))
    const written = await rows<{ uri: string }>(
      ctx,
      `INSERT INTO received_activities (uri, actor_uri) SELECT * FROM unnest($1::text[], $2::text[])
       ON CONFLICT DO NOTHING RETURNING uri`,
      [sorted.map(({ uri }) => uri), sorted.map(({ actorUri }) => actorUri)],
    )
    const uris = new Set(written.map(({ uri }) => uri))
    const fresh = all.filter((one) => uris.has(one.uri) && firsts.get(one.uri) === one)
    await owe(
      ctx,
      fresh.map(({ work }) => ({ kind: 'inbox', payload: work })),
    )
    return new Map(fresh.map((one) => [one, true]))
  }),
)
