import { Op } from 'sequelize'
import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { AnnualReport } from './annual-report.model.ts'

const made = { data: { [Op.ne]: null } }

/** The reports of the actor that are not read yet, the latest year first (MISC-13). */
export const findUnread = (ctx: Ctx): Promise<AnnualReport[]> =>
  AnnualReport.findAll({
    where: { [Op.and]: [{ accountId: actingId(ctx), readAt: null }, made] },
    order: [['year', 'DESC']],
    transaction: ctx.tx ?? null,
  })

/** The report of the actor about a year. Throws NotFound when it is not made. */
export async function findReport(ctx: Ctx, { year }: { year: number }): Promise<AnnualReport> {
  const where = { [Op.and]: [{ accountId: actingId(ctx), year }, made] }
  const found = await AnnualReport.findOne({ where, transaction: ctx.tx ?? null })
  if (!found) throw new NotFound()
  return found
}
