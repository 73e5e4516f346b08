import { limits } from '#config/limits'
import { accountIdOf } from '../../actor.ts'
import type { Ctx, TxCtx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { findPost } from '../find-post.ts'

/**
 * Pins a post of the actor to their profile; one that is pinned already stays so. Throws Invalid for posts of others,
 * boosts, direct posts and when five are pinned (STAT-27), NotFound when the post may not be seen.
 */
export const pinPost = (ctx: Ctx, { postId }: { postId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const post = await findPost(ctx, postId)
    if (post.authorId !== accountIdOf(ctx.actor)) throw wrong("Someone else's post cannot be pinned")
    if (post.boostOfId) throw wrong('A boost cannot be pinned')
    if (post.visibility === 'direct') throw wrong('A direct post cannot be pinned')
    await lockKeys(ctx, [`pins of ${post.authorId}`])
    if ((await pinned(ctx, post.authorId, postId)) >= limits.post.pinned)
      throw wrong('You have already pinned the maximum number of posts')
    const isNew = await row(
      ctx,
      `UPDATE posts SET pinned_at = $2, version = version + 1 WHERE id = $1 AND pinned_at IS NULL RETURNING id`,
      [postId, now()],
    )
    if (isNew) await emit(ctx, 'post.pinned', { postId, authorId: post.authorId })
  })

/** How many others are pinned. */
const pinned = async (ctx: TxCtx, authorId: Id, besides: Id): Promise<number> =>
  (
    await rows(ctx, 'SELECT FROM posts WHERE author_id = $1 AND pinned_at IS NOT NULL AND id <> $2', [
      authorId,
      besides,
    ])
  ).length

const wrong = (what: string) => new Invalid(`Validation failed: ${what}`)
