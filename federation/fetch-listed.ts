import type { Ctx } from '#core/ctx'
import type { Id } from '#platform/ids'
import { isOurs } from '#core/addresses'
import { fetchObject } from './fetch-object.ts'
import { takeObject } from './find-post.ts'
import { findStoredAccount, findStoredPost } from './find-stored.ts'
import { authorOf } from './objects/read-people.ts'
import { type Json, textOf } from './properties.ts'
import { mayReadBelow } from './thread-limits.ts'
import { unlessRefused } from './unless-refused.ts'

/** The documents of a post by somebody who is not known: itself, its author and their WebFinger. */
const AUTHOR = 2

type Listed = {
  ids: readonly string[]
  threadId: Id
  /** Does what its origin gives belong where it was listed? */
  belongs(post: Json): boolean
}

/**
 * Fetches the posts of a thread that somebody lists, each from its own id (federation rule 105), as far as the thread has documents
 * left. Gives how many are here now that were not.
 */
export async function fetchListed(ctx: Ctx, { ids, threadId, belongs }: Listed): Promise<number> {
  let count = 0
  for (const id of ids) {
    if (isOurs(id) || (await findStoredPost(id))) continue
    if (!(await mayReadBelow(threadId))) break
    const post = await fetchObject(ctx, id)
    if (!post || textOf(post.id) !== id || !belongs(post)) continue
    if (!(await findStoredAccount(authorOf(post))) && !(await mayReadBelow(threadId, AUTHOR))) break
    if (await unlessRefused(() => takeObject(ctx, post))) count += 1
  }
  return count
}
