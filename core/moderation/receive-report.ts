import type { Ctx } from '../ctx.ts'
import { cleanText } from '../text/clean-text.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

const COMMENT = 1000

export type RemoteReport = {
  reporterId: Id
  targetId: Id
  postIds: Id[]
  comment: string
  uri: string | null
}

/**
 * Keeps a report that another server sent about a member: at most one for each reporter and member in a day; it changes
 * nothing by itself (federation rule 76).
 */
export async function receiveReport(
  ctx: Ctx,
  { reporterId, targetId, postIds, comment, uri }: RemoteReport,
): Promise<void> {
  await rows(
    ctx,
    `INSERT INTO reports (reporter_id, target_id, post_ids, comment, uri)
     SELECT $1, $2, $3::bigint[], $4, $5 WHERE NOT EXISTS (
       SELECT 1 FROM reports WHERE reporter_id = $1 AND target_id = $2 AND created_at > now() - interval '1 day')
     ON CONFLICT (uri) DO NOTHING`,
    [reporterId, targetId, postIds, cleanText(comment).slice(0, COMMENT), uri],
  )
}
