import type { Ctx } from '#core/ctx'
import { Report } from '#core/moderation/report.model'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type AccountJson, accountsJsonById } from './account.ts'

export type ReportJson = ReturnType<typeof render>

/** A report as the member who made it sees it. Throws NotFound when the account is gone. */
export async function reportJson(ctx: Ctx, report: Report): Promise<ReportJson> {
  const json = (await withTargets(ctx, [report])).get(report.id)
  if (!json) throw new NotFound()
  return json
}

/** Reports by id, as moderators are told of them. Two queries, none without ids. */
export async function reportsJson(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, ReportJson>> {
  if (ids.length === 0) return new Map()
  return withTargets(ctx, await Report.findAll({ where: { id: [...ids] }, transaction: ctx.tx ?? null }))
}

async function withTargets(ctx: Ctx, reports: Report[]): Promise<Map<Id, ReportJson>> {
  const accounts = await accountsJsonById(
    ctx,
    reports.map(({ targetId }) => targetId),
  )
  return new Map(
    reports.flatMap((report) => {
      const target = accounts.get(report.targetId)
      return target ? [[report.id, render(report, target)] as const] : []
    }),
  )
}

const render = (report: Report, target: AccountJson) => ({
  id: report.id,
  action_taken: report.resolvedAt !== null,
  action_taken_at: report.resolvedAt?.toISOString() ?? null,
  category: report.category,
  comment: report.comment,
  forwarded: report.isForwarded,
  created_at: report.createdAt.toISOString(),
  status_ids: report.postIds,
  rule_ids: report.ruleIds,
  collection_ids: report.collectionIds,
  target_account: target,
})
