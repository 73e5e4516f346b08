import { limits } from '#config/limits'
import type { Ctx } from '../ctx.ts'
import { findPost } from '../posts/find-post.ts'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { FilteredPostCard } from './filter.queries.ts'
import { FilteredPost } from './filtered-post.model.ts'
import { findFilter } from './find-filter.ts'
import { touchFilters } from './touch-filters.ts'

/**
 * Lets a filter of the actor match a post, whatever it says (FILT-05). Throws NotFound for an unknown filter and a post
 * that may not be seen, Invalid when the post is in it already or the filter is full.
 */
export const addFilteredPost = (
  ctx: Ctx,
  { filterId, postId }: { filterId: Id; postId: Id },
): Promise<FilteredPostCard> =>
  transact(ctx, async (ctx) => {
    await touchFilters(ctx)
    const { posts } = await findFilter(ctx, { filterId })
    await findPost(ctx, postId)
    if (posts.some((each) => each.postId === postId))
      throw new Invalid('Validation failed: Status has already been taken')
    if (posts.length >= limits.filter.posts)
      throw new Invalid(`Validation failed: A filter has at most ${limits.filter.posts} posts`)
    return FilteredPost.create({ filterId, postId }, { transaction: ctx.tx })
  })
