import type { Account } from '#core/accounts/account.model'
import { isOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { nameMore } from '#core/posts/name-more'
import type { Id } from '#platform/ids'
import { findAccount } from './find-account.ts'
import { knownAccounts, readPost } from './objects/post.ts'
import { addresseesOf } from './objects/read-post.ts'
import type { Json } from './properties.ts'

const MOST = 10

/**
 * Fetches who is mentioned in a post that is stored already and was not known here, so that they are shown and can be
 * answered (wire 7.1, federation rule 102): ten at most, for whoever writes a post chooses whom we ask.
 */
export async function meetMentioned(ctx: Ctx, object: Json, author: Account, postId: Id): Promise<void> {
  const named = addresseesOf(object, author.followersUrl).filter(({ isSilent }) => !isSilent)
  if (named.length === 0) return
  const known = await knownAccounts(named.map(({ uri }) => uri))
  const unknown = named.filter(({ uri }) => !known.has(uri) && !isOurs(uri)).slice(0, MOST)
  const met = await Promise.all(unknown.map(({ uri }) => findAccount(ctx, uri)))
  if (met.every((account) => account === null)) return
  const { mentions = [] } = await readPost(object, author)
  await nameMore(ctx, { postId, mentions })
}
