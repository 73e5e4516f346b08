import { accountIdOf } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import type { Post } from './post.model.ts'
import { postOf } from './post-row.ts'

/** Finds a post of the actor. Throws NotFound for everything that is not theirs. */
export const findOwnPost = (ctx: Ctx, postId: Id): Promise<Post> => find(ctx, own, postId)

/** As `findOwnPost`, and lets nobody else change it until the transaction ends. */
export const holdOwnPost = (ctx: TxCtx, postId: Id): Promise<Post> =>
  find(ctx, `${own} FOR NO KEY UPDATE`, postId)

const own = 'SELECT * FROM posts WHERE id = $1 AND author_id = $2'

async function find(ctx: Ctx, sql: string, postId: Id): Promise<Post> {
  const found = await row(ctx, sql, [postId, accountIdOf(ctx.actor) ?? null])
  if (!found) throw new NotFound()
  return postOf(found)
}
