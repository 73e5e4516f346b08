import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { moderatorIds } from './moderators.queries.ts'
import { notify } from './notify.ts'

/** Tells the moderators of a report, except one who made it (MISC-12). */
export async function notifyOfReport(ctx: Ctx, { reportId }: { reportId: Id }): Promise<void> {
  const report = await row<{ fromId: Id }>(ctx, 'SELECT reporter_id AS "fromId" FROM reports WHERE id = $1', [
    reportId,
  ])
  if (!report) return
  const found = await moderatorIds(ctx)
  await notify(
    ctx,
    found.map((accountId) => ({
      accountId,
      kind: 'admin.report',
      fromId: report.fromId,
      subjectId: reportId,
    })),
  )
}
