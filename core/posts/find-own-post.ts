import { accountIdOf } from '../actor.ts'
import type { TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import type { Post } from './post.model.ts'
import { postOf } from './post-row.ts'

/** Finds a post of the actor and holds its row. Throws NotFound for everything that is not theirs. */
export async function findOwnPost(ctx: TxCtx, postId: Id): Promise<Post> {
  const found = await row(ctx, 'SELECT * FROM posts WHERE id = $1 AND author_id = $2 FOR NO KEY UPDATE', [
    postId,
    accountIdOf(ctx.actor) ?? null,
  ])
  if (!found) throw new NotFound()
  return postOf(found)
}
