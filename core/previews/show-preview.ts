import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

const BATCH = 500
const LATEST = 100

/**
 * Lets the posts that link to a page show what it says; open streams are told of the latest of them. Harmless to repeat.
 */
export async function showPreview(ctx: Ctx, { previewId }: { previewId: Id }): Promise<void> {
  let told = 0
  for (let below = '9223372036854775807'; ;) {
    const shown = await transact(ctx, async (ctx) => {
      const posts = await rows<{ id: Id; authorId: Id }>(ctx, showing, [previewId, below, BATCH])
      const latest = posts.sort((a, b) => (BigInt(a.id) > BigInt(b.id) ? -1 : 1))
      for (const { id: postId, authorId } of latest.slice(0, Math.max(0, LATEST - told)))
        await emit(ctx, 'preview.shown', { postId, authorId })
      return latest
    })
    told += shown.length
    const last = shown.at(-1)
    if (!last || shown.length < BATCH) return
    below = last.id
  }
}

const showing = `UPDATE posts SET version = version + 1 WHERE id IN (
    SELECT post_id FROM post_previews WHERE preview_id = $1 AND post_id < $2 ORDER BY post_id DESC LIMIT $3)
  RETURNING id, author_id AS "authorId"`
