import type { Ctx } from '../ctx.ts'
import type { Facts } from '#platform/facts'
import { notify } from './notify.ts'

/** Tells a member that a year is summed up (NOTE-01). */
export const notifyOfAnnualReport = (
  ctx: Ctx,
  { accountId, year }: Facts['annual-report.made'],
): Promise<void> =>
  notify(ctx, [{ accountId, kind: 'annual_report', fromId: accountId, subjectId: String(year) }])
