import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

const BATCH = 500

/** Removes previews of pages that no post has linked to for two weeks; their pictures go as nothing shows them. */
export async function clearPreviews(ctx: Ctx): Promise<void> {
  for (;;) {
    const gone = await rows(
      ctx,
      `DELETE FROM previews WHERE id IN (SELECT v.id FROM previews AS v
         WHERE v.created_at < now() - interval '14 days'
           AND NOT EXISTS (SELECT FROM post_previews AS pp WHERE pp.preview_id = v.id) LIMIT ${BATCH})
       RETURNING id`,
    )
    if (gone.length < BATCH) return
  }
}
