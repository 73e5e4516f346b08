import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { firstIdOf, compareIds, type Id } from '#platform/ids'
import { glance } from '../glance.ts'
import { tellStreams } from '../stream.ts'
import { enterFeeds } from './enter-feeds.ts'

const DAYS_30 = 30 * 86_400_000

/** Is a post young enough to enter feeds (federation rule 124)? */
export const isFresh = (postId: Id): boolean =>
  compareIds(postId, firstIdOf(new Date(now().getTime() - DAYS_30))) >= 0

/**
 * Puts a new post or boost into the homes and lists that take it, those of followers of its hashtags too, and tells open
 * streams (TL-01 to TL-06, MISC-06); a quiet one takes its place there and is told to none. A repeat changes nothing. One that is older than 30 days enters none (federation rule 124), and one that is gone neither.
 */
export async function fanOutPost(
  ctx: Ctx,
  { postId, authorId, isQuiet = false }: { postId: Id; authorId: Id; isQuiet?: boolean },
): Promise<void> {
  if (!isFresh(postId)) return
  const post = await glance(postId)
  if (!post) return
  if (post.visibility === 'public' && !post.boostOfId && !isQuiet)
    await tellStreams(ctx, { event: 'update', postId, to: { isPublic: true } })
  await enterFeeds(ctx, post, { authorId, isQuiet })
}
