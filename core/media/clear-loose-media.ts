import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { discardMedia } from './discard-media.ts'

const BATCH = 500

const loose = `SELECT m.id FROM media AS m
  WHERE m.post_id IS NULL AND m.loose_since < now() - interval '1 day'
    AND (m.held_until IS NULL OR m.held_until < now() - interval '1 day')
    AND (m.purpose = 'attachment' OR NOT EXISTS (SELECT FROM accounts AS a WHERE a.avatar_id = m.id)
      AND NOT EXISTS (SELECT FROM accounts AS a WHERE a.header_id = m.id)
      AND NOT EXISTS (SELECT FROM emojis AS e WHERE e.medium_id = m.id)
      AND NOT EXISTS (SELECT FROM previews AS v WHERE v.medium_id = m.id))
  ORDER BY m.loose_since LIMIT ${BATCH} FOR UPDATE OF m SKIP LOCKED`

/** Removes uploads that no post took within a day, and pictures that no profile shows any more (MEDIA-12, STAT-20). */
export async function clearLooseMedia(ctx: Ctx): Promise<void> {
  for (;;) {
    const count = await transact(ctx, async (ctx) => {
      const found = await rows<{ id: Id }>(ctx, loose)
      await discardMedia(
        ctx,
        found.map(({ id }) => id),
      )
      return found.length
    })
    if (count < BATCH) return
  }
}
