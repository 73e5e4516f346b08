import type { Ctx } from '#core/ctx'
import type { Report } from '#core/moderation/report.model'
import { oneAccountJson } from './account.ts'

/** A report as the member who made it sees it. */
export const reportJson = async (ctx: Ctx, report: Report) => ({
  id: report.id,
  action_taken: report.resolvedAt !== null,
  action_taken_at: report.resolvedAt?.toISOString() ?? null,
  category: report.category,
  comment: report.comment,
  forwarded: report.isForwarded,
  created_at: report.createdAt.toISOString(),
  status_ids: report.postIds,
  rule_ids: report.ruleIds,
  collection_ids: [],
  target_account: await oneAccountJson(ctx, report.targetId),
})
