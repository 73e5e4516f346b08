import type { Ctx } from '../ctx.ts'
import { finishRefresh } from '../refreshes/finish-refresh.ts'
import { emit, type Facts } from '#platform/facts'
import { transact } from '#platform/transact'
import { AnnualReport } from './annual-report.model.ts'
import { archetypeOf } from './annual-report.policy.ts'
import { refreshKey } from './refresh-key.ts'
import { yearFigures } from './year.queries.ts'

/** Sums up a year that a member asked for. A repeat leaves what is there. */
export async function makeReport(ctx: Ctx, fact: Facts['annual-report.requested']): Promise<void> {
  const { accountId, year } = fact
  await transact(ctx, async (ctx) => {
    const transaction = ctx.tx
    const report = await AnnualReport.findOne({ where: { accountId, year }, transaction, lock: true })
    const figures = await yearFigures(ctx, accountId, year)
    if (!report || report.data || !figures) return
    const { byBoosts, byFavourites, byReplies } = figures
    const data = {
      archetype: archetypeOf(figures),
      time_series: figures.months,
      top_hashtags: figures.hashtags,
      top_statuses: { by_reblogs: byBoosts, by_favourites: byFavourites, by_replies: byReplies },
    }
    await report.update({ data }, { transaction })
    await emit(ctx, 'annual-report.made', { accountId, year })
  })
  await finishRefresh(refreshKey(fact))
}
