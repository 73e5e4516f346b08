import type { Account } from '#core/accounts/account.model'
import { parseHandle } from '#core/accounts/parse-handle'
import { isOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { nameMore } from '#core/posts/name-more'
import type { Id } from '#platform/ids'
import { findAccount, findAccountByHandle } from './find-account.ts'
import { addresseesOf, knownAccounts, mentionsOf } from './objects/read-people.ts'
import type { Json } from './properties.ts'

const MOST = 10

/**
 * Fetches who is mentioned in a post that is stored already and was not known here, so that they are shown and can be
 * answered (wire 7.1, federation rule 102): ten at most, for whoever writes a post chooses whom we ask.
 */
export async function meetMentioned(ctx: Ctx, object: Json, author: Account, postId: Id): Promise<void> {
  const addressees = addresseesOf(object, author.followersUrl)
  if (addressees.every(({ isSilent }) => isSilent)) return
  const known = await knownAccounts(addressees.map(({ uri }) => uri))
  const unknown = addressees
    .filter(({ uri, isSilent }) => !isSilent && !known.has(uri) && !isOurs(uri))
    .slice(0, MOST)
  const met = await Promise.all(unknown.map(async ({ uri }) => ({ uri, account: await meet(ctx, uri) })))
  // Whoever is named by their page has an id of their own.
  for (const { uri, account } of met) if (account) known.set(uri, account.id)
  if (met.some(({ account }) => account))
    await nameMore(ctx, { postId, mentions: mentionsOf(addressees, known) })
}

async function meet(ctx: Ctx, uri: string): Promise<Account | null> {
  const handle = parseHandle(uri)
  if (!handle) return findAccount(ctx, uri)
  const { username, domain } = handle
  return domain === null ? null : findAccountByHandle(ctx, { username, domain })
}
