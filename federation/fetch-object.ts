import type { Asking } from '#core/remote'
import { isOurs } from '#core/addresses'
import { FetchFailed } from '#platform/http-errors'
import { log } from '#platform/log'
import { isBarredDomain } from '#core/instances/instance.policy'
import { mayFetchMore } from './fetch-budget.ts'
import { assertMayAsk } from './first-contacts.ts'
import { loadDocument } from './load-document.ts'
import { hostOf, type Json } from './properties.ts'

type Wish = { soon?: boolean; recent?: boolean; isNewActor?: boolean }

/**
 * The object at an id on another server, fetched in the name of the instance (federation rules 53 to 60, 113).
 * Undefined when it cannot be had: gone, hidden, blocked here, or its server does not answer. Ours are never fetched.
 * An address that failed is left alone for minutes and more; for seconds only when a member asks, or it is wanted `soon`. With
 * `recent`, what was fetched some seconds ago is as good. Throws FetchFailed `busy` when it may be had in a moment, and
 * TooMany when so much of a new domain is fetched that it may be had in the next hour.
 */
export async function fetchObject(
  ctx: Asking,
  id: string,
  { soon = ctx.actor.kind === 'person', recent = false, isNewActor = false }: Wish = {},
): Promise<Json | undefined> {
  const host = hostOf(id)
  if (!host || isOurs(id) || (await isBarredDomain(host))) return undefined
  if (!mayFetchMore('objects')) return undefined
  // Members wait for what they ask for, and are counted themselves.
  if (ctx.actor.kind !== 'person') await assertMayAsk(host, isNewActor ? { newActor: id } : {})
  try {
    return (await loadDocument(id, { soon, recent })).document
  } catch (error) {
    if (!(error instanceof FetchFailed) || error.problem === 'busy') throw error
    log.debug({ url: id, problem: error.problem, detail: error.detail }, 'an object could not be fetched')
    return undefined
  }
}

/**
 * Does the origin say that it is gone: 404, 410 or a Tombstone? For what cannot be had back, a whole account, 404 is not
 * enough: it may be a fault of the moment (federation rule 20).
 */
export async function isGoneAtOrigin(id: string, { isForGood = false } = {}): Promise<boolean> {
  if (!mayFetchMore('objects')) return false
  await assertMayAsk(hostOf(id) ?? '')
  try {
    return (await loadDocument(id)).document.type === 'Tombstone'
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    return error.status === 410 || (error.status === 404 && !isForGood)
  }
}
