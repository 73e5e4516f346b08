import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { transact } from '#platform/transact'
import { discardFiles } from './discard-media.ts'

const BATCH = 500
/** Days since the last look. */
const KEEP = 14

type Keys = { file_key: string | null; preview_key: string | null; static_key: string | null }

const unseen = `WITH due AS (
    SELECT m.id, m.file_key, m.preview_key, m.static_key FROM media AS m
    WHERE m.remote_url IS NOT NULL AND m.state IN ('ready', 'remote') AND m.viewed_at < now() - interval '${KEEP} days'
      AND NOT EXISTS (SELECT FROM bookmarks AS b WHERE b.post_id = m.post_id)
      AND NOT EXISTS (SELECT FROM reactions AS r JOIN users AS u ON u.account_id = r.account_id WHERE r.post_id = m.post_id)
      AND NOT EXISTS (SELECT FROM posts AS mine JOIN users AS u ON u.account_id = mine.author_id
        WHERE mine.reply_to_id = m.post_id OR mine.boost_of_id = m.post_id)
    ORDER BY m.viewed_at LIMIT ${BATCH} FOR UPDATE OF m SKIP LOCKED)
  UPDATE media AS m SET state = 'remote', file_key = NULL, preview_key = NULL, static_key = NULL, bytes = NULL, viewed_at = NULL
  FROM due WHERE due.id = m.id RETURNING due.file_key, due.preview_key, due.static_key`

/**
 * Removes copies of media elsewhere that nobody looked at for two weeks, unless a member kept, liked, boosted or answered
 * their post. They come back by one fetch at the next look.
 */
export async function clearMirroredMedia(ctx: Ctx): Promise<void> {
  for (;;) {
    const count = await transact(ctx, async (ctx) => {
      const found = await rows<Keys>(ctx, unseen)
      await discardFiles(
        ctx,
        found.flatMap((each) => Object.values(each)),
      )
      return found.length
    })
    if (count < BATCH) return
  }
}
