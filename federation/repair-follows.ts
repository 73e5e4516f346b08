import { Account } from '#core/accounts/account.model'
import { isOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { localFollowers } from '#core/relationships/local-followers.queries'
import { loseFollow } from '#core/relationships/lose-follow'
import { receiveAnswer } from '#core/relationships/receive-answer'
import { isBarredDomain } from '#core/instances/instance.policy'
import type { Facts } from '#platform/facts'
import { FetchFailed } from '#platform/http-errors'
import { log } from '#platform/log'
import { deliverStrayUndo } from './deliveries/follow.ts'
import { CRAWL_MS, mayFetchMore, withFetchBudget } from './fetch-budget.ts'
import { assertMayAsk } from './first-contacts.ts'
import { findStoredAccount } from './find-stored.ts'
import { loadCollection } from './load-document.ts'
import { countOf, hostOf, idOf, idsOf, type Json, sameOrigin } from './properties.ts'

// Each costs a delivery, and whoever is told chose how many there are; the rest is found in an hour.
const MOST = 100

/**
 * Makes follows of somebody elsewhere agree with what their own server has (FEP-8fcf, wire 13.1). A follow that is unknown
 * there has ended; a request that is a follow there was accepted; who follows there and not here has it undone there. Nothing
 * else is believed, and of a list that goes on elsewhere nothing.
 */
export async function repairFollows(ctx: Ctx, { accountId, url }: Facts['follows.doubted']): Promise<void> {
  const account = await Account.findByPk(accountId)
  if (!account?.uri || account.goneAt || account.suspendedAt) return
  if (await isBarredDomain(hostOf(account.uri) ?? '')) return
  await assertMayAsk(hostOf(account.uri) ?? '')
  // What is accepted from here on may be missing there for good reason: the list was made before.
  const ours = await localFollowers(ctx, accountId)
  const listed = await withFetchBudget(() => listedAt(url), CRAWL_MS)
  if (!listed) return
  for (const follow of ours) if (!listed.has(follow.followerUri)) await loseFollow(ctx, follow, accountId)
  const known = new Set(ours.map(({ followerUri }) => followerUri))
  const unknown = [...listed].filter((uri) => !known.has(uri))
  for (const uri of unknown.slice(0, MOST)) await settleUnknown(ctx, uri, account)
}

async function settleUnknown(ctx: Ctx, uri: string, account: Account): Promise<void> {
  const member = await findStoredAccount(uri)
  if (!member || member.goneAt || member.suspendedAt || member.kind === 'application') return
  const pair = { followerId: member.id, followedId: account.id }
  if (!(await receiveAnswer(ctx, { ...pair, isAccepted: true }))) await deliverStrayUndo(ctx, member, account)
}

const PAGES = 10

/** The people of ours that are listed there; undefined when the list cannot be had, or not to its end. */
async function listedAt(url: string): Promise<Set<string> | undefined> {
  const found: string[] = []
  try {
    let page: Json | undefined = (await loadCollection(url)).document
    for (let read = 1; page; read += 1) {
      if (!mayFetchMore('objects')) return undefined
      const items: unknown = page.orderedItems ?? page.items
      const next: string | undefined = idOf(page.next) ?? (items === undefined ? idOf(page.first) : undefined)
      // A list that is not shown is not an empty one.
      if (items === undefined && !next && countOf(page.totalItems) !== 0) return undefined
      found.push(...idsOf(items).filter(isOurs))
      if (next && (read === PAGES || !sameOrigin(next, url))) return undefined
      page = next ? (await loadCollection(next)).document : undefined
    }
    return new Set(found)
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    log.debug({ url, problem: error.problem }, 'a list of followers could not be fetched')
    return undefined
  }
}
