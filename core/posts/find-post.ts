import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import type { Post } from './post.model.ts'
import { visibleTo } from './post.policy.ts'
import { postOf } from './post-row.ts'

/**
 * Finds a post that the actor may see. Throws NotFound for all others: that they exist is not told (STAT-01, ERR-09).
 * The instance itself and its operators see everything.
 */
export async function findPost(ctx: Ctx, postId: Id): Promise<Post> {
  const seesAll = ctx.actor.kind === 'kith' || ctx.actor.kind === 'operator'
  const found = seesAll
    ? await row(ctx, 'SELECT * FROM posts WHERE id = $1', [postId])
    : await row(ctx, visible, [postId, accountIdOf(ctx.actor) ?? null])
  if (!found) throw new NotFound()
  return postOf(found)
}

const visible = `SELECT p.* FROM posts AS p WHERE p.id = $1 AND ${visibleTo('$2::bigint')}`

/** As `findPost`, and for a boost gives what it boosts. */
export async function findOriginal(ctx: Ctx, postId: Id): Promise<Post> {
  const post = await findPost(ctx, postId)
  return post.boostOfId ? findPost(ctx, post.boostOfId) : post
}
