import { z } from 'zod'
import { fileReport, reportCategories } from '#core/moderation/file-report'
import { bool, id, ids, text, texts } from '../input.ts'
import { routes } from '../routes.ts'
import { reportJson } from '../serializers/report.ts'

const input = z.looseObject({
  account_id: id(),
  status_ids: ids(),
  comment: text(),
  forward: bool(),
  category: z.enum(reportCategories, 'is not included in the list').default('other'),
  rule_ids: texts(),
  collection_ids: ids(),
  forward_to_domains: texts(),
})

export default routes('/api/v1/reports', (r) => {
  r.post(
    '/',
    { scopes: ['write:reports'], limit: 'reports', input, answers: 'Report' },
    async (ctx, asked) => {
      const report = await fileReport(ctx, {
        accountId: asked.account_id,
        postIds: asked.status_ids,
        collectionIds: asked.collection_ids,
        comment: asked.comment ?? '',
        category: asked.category,
        ruleIds: asked.rule_ids,
        forward: asked.forward ?? false,
        forwardTo: asked.forward_to_domains,
      })
      return reportJson(ctx, report)
    },
  )
})
