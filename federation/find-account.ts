import { Account } from '#core/accounts/account.model'
import { receiveAccount } from '#core/accounts/receive-account'
import type { Ctx } from '#core/ctx'
import { meetGroup } from '#core/groups/meet-group'
import type { Asking } from '#core/remote'
import { isOurs } from '#core/addresses'
import { instance } from '#config/instance'
import { now } from '#platform/clock'
import { TooMany } from '#platform/errors'
import { select } from '#platform/select'
import { nowhere } from '#core/remote'
import { mayFetchMore } from './fetch-budget.ts'
import { fetchObject } from './fetch-object.ts'
import { findStoredAccount } from './find-stored.ts'
import { readAccount } from './objects/account.ts'
import { hostOf, type Json, textOf } from './properties.ts'
import { patiently } from './shared-flights.ts'
import { confirmHandle, findActorId } from './webfinger-client.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * The account with this ActivityPub id: the stored one while it is fresh enough, else as its server has it. Throws FetchFailed `busy`
 * when somebody else has been fetching it for more than five seconds, and TooMany when as many of its domain are new.
 */
export async function findAccount(ctx: Asking, uri: string): Promise<Account | null> {
  const stored = await findStoredAccount(uri)
  if (stored?.isLocal || isOurs(uri)) return stored
  if (stored && now().getTime() - (stored.fetchedAt?.getTime() ?? 0) < DAY) return stored
  if (!mayFetchMore('accounts')) return stored
  try {
    return (await fetchOnce(ctx, uri, !stored)) ?? stored
  } catch (error) {
    if (stored && error instanceof TooMany) return stored
    throw error
  }
}

const flights = new Map<string, Promise<Account | null>>()

// The first activities of somebody new come together; one of them fetches the actor, the others wait for it.
async function fetchOnce(ctx: Asking, uri: string, recent: boolean): Promise<Account | null> {
  const key = `${ctx.actor.kind} ${uri}`
  const running = flights.get(key)
  const other = running && (await patiently(uri, running))
  if (other) return select({}, Account, 'id = $1', [other.id])
  const flight = fetchObject(ctx, uri, { recent, isNewActor: recent }).then((actor) =>
    actor ? (recent ? meetActor(ctx, actor, { recent }) : takeActor(actor)) : null,
  )
  flights.set(key, flight)
  try {
    return await flight
  } finally {
    flights.delete(key)
  }
}

const inside: Ctx = { actor: { kind: 'kith' }, remote: nowhere }

/** Stores an actor who is not known here; a group that a member looked for is to be read. What strangers name is not. */
export async function meetActor(
  ctx: Asking,
  actor: Json,
  freshness: { recent?: boolean } = {},
): Promise<Account | null> {
  const account = await takeActor(actor, freshness)
  if (account?.kind === 'group' && ctx.actor.kind === 'person') await meetGroup(inside, account.id)
  return account
}

/** The account behind a handle, as its server has it now when it is wanted `anew`; null when nobody has it. */
export async function findAccountByHandle(
  ctx: Asking,
  handle: { username: string; domain: string },
  { anew = false } = {},
): Promise<Account | null> {
  const { username, domain } = handle
  if (domain === instance.domain) return Account.findOne({ where: { username, domain: null } })
  const stored = await select({}, Account, `lower(username) = lower($1) AND coalesce(domain, '') = $2`, [
    username,
    domain,
  ])
  if (stored && !anew && now().getTime() - (stored.fetchedAt?.getTime() ?? 0) < DAY) return stored
  const found = await findActorId(handle)
  if (!found) return stored
  if (!anew || isOurs(found)) return findAccount(ctx, found)
  const actor = await fetchObject(ctx, found, { soon: true })
  return actor ? takeActor(actor) : null
}

/** Fetches a stored account again, at most once an hour unless its server says that it changed (federation rule 112). */
export async function refreshAccount(ctx: Asking, account: Account): Promise<void> {
  const actor = account.uri ? await fetchObject(ctx, account.uri) : undefined
  if (actor && textOf(actor.id) === account.uri) await takeActor(actor)
}

/**
 * Stores the actor that a document describes, under the handle that its domain confirms (federation rules 79 to 81), now or with
 * `recent` some seconds ago.
 */
export async function takeActor(actor: Json, { recent = false } = {}): Promise<Account | null> {
  const uri = textOf(actor.id)
  if (!uri || !hostOf(uri)) return null
  const handle = await confirmHandle(actor, { recent })
  const draft = handle && readAccount(actor, handle)
  if (!draft) return null
  return receiveAccount(inside, draft)
}
