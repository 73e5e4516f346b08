import { actingId } from '#core/actor'
import type { AnnualReport } from '#core/annual-reports/annual-report.model'
import type { Ctx } from '#core/ctx'
import { visibleAmong } from '#core/posts/post.queries'
import { accountsJson } from './account.ts'
import { statusesJson } from './status.ts'

const SHAPE = 2

/** Reports with the posts they speak of and their owner. The number of queries does not depend on how many there are. */
export async function annualReportsJson(ctx: Ctx, reports: readonly AnnualReport[]) {
  const named = reports.flatMap(({ data }) => Object.values(data?.top_statuses ?? {}))
  const ids = [...new Set(named)].filter((id) => id !== null)
  return {
    annual_reports: reports.map(({ accountId, year, data }) => ({
      year,
      data: data ?? {},
      schema_version: SHAPE,
      share_url: null,
      account_id: accountId,
    })),
    accounts: reports.length > 0 ? await accountsJson(ctx, [{ id: actingId(ctx) }]) : [],
    statuses: await statusesJson(ctx, await visibleAmong(ctx, ids)),
  }
}
