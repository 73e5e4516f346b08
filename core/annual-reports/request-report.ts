import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { startRefresh } from '../refreshes/start-refresh.ts'
import type { Refresh } from '../refreshes/refresh.ts'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { AnnualReport } from './annual-report.model.ts'
import { reportState } from './annual-report.policy.ts'
import { refreshKey } from './refresh-key.ts'

/**
 * Wants a year of the actor summed up, which a worker does. Gives how to ask for it while that goes on, undefined when
 * there is nothing to wait for: it is there, or there will be none (MISC-13).
 */
export async function requestReport(ctx: Ctx, { year }: { year: number }): Promise<Refresh | undefined> {
  const accountId = actingId(ctx)
  const state = await transact(ctx, async (ctx) => {
    const before = await reportState(ctx, { accountId, year })
    if (before !== 'eligible') return before
    const draft = { accountId, year }
    await AnnualReport.bulkCreate([draft], { ignoreDuplicates: true, transaction: ctx.tx })
    await emit(ctx, 'annual-report.requested', draft, { key: refreshKey(draft) })
    return 'generating'
  })
  return state === 'generating' ? startRefresh(refreshKey({ accountId, year })) : undefined
}
