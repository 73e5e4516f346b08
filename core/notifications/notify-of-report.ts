import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { notify } from './notify.ts'

/** Tells the moderators of a report, except one who made it (MISC-12). */
export async function notifyOfReport(ctx: Ctx, { reportId }: { reportId: Id }): Promise<void> {
  const found = await rows<{ accountId: Id; fromId: Id }>(
    ctx,
    `SELECT u.account_id AS "accountId", r.reporter_id AS "fromId" FROM reports AS r, users AS u
     WHERE r.id = $1 AND u.role IN ('owner', 'admin', 'moderator') AND u.disabled_at IS NULL`,
    [reportId],
  )
  await notify(
    ctx,
    found.map(({ accountId, fromId }) => ({ accountId, kind: 'admin.report', fromId, reportId })),
  )
}
