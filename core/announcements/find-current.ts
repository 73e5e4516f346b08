import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { isCurrent } from './announcement.policy.ts'

/**
 * Makes sure that an announcement is shown now, and holds it when a transaction is open: one reaction at a time, or two
 * could both be the last that there is room for. Throws NotFound.
 */
export async function findCurrent(ctx: Pick<Ctx, 'tx'>, announcementId: Id): Promise<void> {
  const hold = ctx.tx ? ' FOR NO KEY UPDATE' : ''
  const sql = `SELECT 1 FROM announcements AS n WHERE n.id = $1 AND ${isCurrent}${hold}`
  if (!(await row(ctx, sql, [announcementId]))) throw new NotFound()
}
