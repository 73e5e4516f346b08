import type { Ctx } from '#core/ctx'
import { Post } from '#core/posts/post.model'
import { repliesKey } from '#core/posts/threads/ask-replies'
import { gapAbove } from '#core/posts/threads/gap-above'
import { finishRefresh } from '#core/refreshes/finish-refresh'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { fetchContext } from './fetch-context.ts'
import { fetchListed } from './fetch-listed.ts'
import { fetchObject } from './fetch-object.ts'
import { CRAWL_MS, withFetchBudget } from './fetch-budget.ts'
import { fetchParents } from './fetch-parents.ts'
import { idOf, idsOf, type Json } from './properties.ts'
import { readCollection } from './read-collection.ts'
import { mayReadBelow } from './thread-limits.ts'

const most = { most: 50, pages: 3 }

/**
 * Fetches what is not here of the thread of a post: the next posts above the first one that is, the whole thread where its owner
 * lists it, and replies to that post which its origin lists: the first pages, each reply from its own origin, and only what
 * really answers it (STAT-10, federation rules 53, 99, 104 to 106, 121). It ends within a minute and has its limits for each thread.
 */
export async function fetchReplies(ctx: Ctx, { postId }: Facts['thread.asked']): Promise<void> {
  const post = await Post.findByPk(postId)
  const count = post ? await withFetchBudget(() => fetchAround(ctx, post), CRAWL_MS) : 0
  await finishRefresh(repliesKey(postId), count)
}

async function fetchAround(ctx: Ctx, post: Post): Promise<number> {
  const gap = await gapAbove(ctx, post.threadId)
  const above = gap ? await fetchParents(ctx, gap) : 0
  return above + (post.uri ? await fetchBelow(ctx, post.uri, post.threadId) : 0)
}

async function fetchBelow(ctx: Ctx, uri: string, threadId: Id): Promise<number> {
  const object = (await mayReadBelow(threadId)) ? await fetchObject(ctx, uri) : undefined
  if (!object) return 0
  const whole = await fetchContext(ctx, object, threadId)
  const listed = await readCollection(ctx, { ...most, collection: object.replies, owner: uri })
  const belongs = (reply: Json): boolean => idOf(reply.inReplyTo) === uri
  return whole + (await fetchListed(ctx, { ids: idsOf(listed), threadId, belongs }))
}
