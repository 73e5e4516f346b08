import type { Ctx } from '../../ctx.ts'
import { beginRefresh } from '../../refreshes/begin-refresh.ts'
import type { Refresh } from '../../refreshes/refresh.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { orElse } from '#platform/redis'
import { transact } from '#platform/transact'
import type { Post } from '../post.model.ts'
import { gapAbove } from './gap-above.ts'

/** Under which name it is known that replies to a post are being fetched. */
export const repliesKey = (postId: Id): string => `replies:${postId}`

/**
 * Has what is not here fetched of the thread of a post: replies to one of another server, and what is missing above it,
 * once an hour at most and for members only (STAT-10, R-086). Gives what goes on; undefined when nothing does.
 */
export async function askReplies(ctx: Ctx, post: Post): Promise<Refresh | undefined> {
  if (post.boostOfId || ctx.actor.kind !== 'person') return undefined
  // Replies to what was written here come by themselves.
  if (post.isLocal && !(post.replyToId && (await gapAbove(ctx, post.threadId)))) return undefined
  const begun = await orElse(() => beginRefresh(repliesKey(post.id)), undefined)
  if (begun?.isNew) await transact(ctx, (ctx) => emit(ctx, 'thread.asked', { postId: post.id }))
  return begun?.refresh
}
