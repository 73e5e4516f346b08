import type { Ctx } from '../ctx.ts'
import { isFresh } from './fan-out-post.ts'
import { glance } from '../glance.ts'
import type { Facts } from '#platform/facts'
import { enterFeeds } from './enter-feeds.ts'

/**
 * Puts replies that came before what they answer into the homes and lists that take them now that it is known whom they
 * answer, so that these are the same in whatever order posts come.
 */
export async function fanOutLinked(ctx: Ctx, { replies }: Facts['replies.linked']): Promise<void> {
  for (const { postId, authorId } of replies) {
    const post = isFresh(postId) ? await glance(postId) : undefined
    if (post) await enterFeeds(ctx, post, { authorId })
  }
}
