import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { erasePost } from './erase-post.ts'

const BATCH = 50

/** Takes away everything that an account published, a few posts at a time. Harmless to repeat. */
export async function erasePostsOf(ctx: Ctx, authorId: Id): Promise<void> {
  for (;;) {
    const count = await transact(ctx, async (ctx) => {
      const found = await rows<{ id: Id }>(
        ctx,
        `SELECT id FROM posts WHERE author_id = $1 ORDER BY id DESC LIMIT ${BATCH}`,
        [authorId],
      )
      for (const { id } of found) await erasePost(ctx, id, { keepsMedia: false })
      return found.length
    })
    if (count < BATCH) return
  }
}
