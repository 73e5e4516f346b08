import type { Ctx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { firstIdOf, type Id } from '#platform/ids'

const DAY = 86_400_000
const SHOWN = 30 * DAY

/**
 * Takes up to `most` quotes whose stamps were last looked at more than a day ago, of posts that are young enough to be shown
 * still, and notes that they are looked at now (federation rule 214). Two who ask at once get different ones.
 */
export const staleQuotes = (ctx: Ctx, most: number): Promise<{ postId: Id }[]> =>
  rows<{ postId: Id }>(
    ctx,
    `UPDATE quotes SET checked_at = $1::timestamptz WHERE post_id IN (
       SELECT post_id FROM quotes
       WHERE stamp_uri IS NOT NULL AND state IN ('pending', 'accepted')
         AND coalesce(checked_at, changed_at) < $2::timestamptz AND post_id > $3::bigint
       ORDER BY coalesce(checked_at, changed_at) LIMIT $4::int FOR UPDATE SKIP LOCKED)
     RETURNING post_id AS "postId"`,
    [now(), new Date(now().getTime() - DAY), firstIdOf(new Date(now().getTime() - SHOWN)), most],
  )
