import { Warning } from '#core/moderation/warning.model'
import { type AccountJson, accountsJsonById } from '../account.ts'
import { subject } from '../subject.ts'

const render = (warning: Warning, target: AccountJson) => ({
  id: warning.id,
  action: warning.action,
  text: warning.text,
  status_ids: warning.postIds,
  target_account: target,
  appeal: null,
  created_at: warning.createdAt.toISOString(),
})

export default subject({
  kinds: ['moderation_warning'],
  key: 'moderation_warning',
  load: async (ctx, ids) => {
    const found = await Warning.findAll({ where: { id: [...ids] }, transaction: ctx.tx ?? null })
    const targets = await accountsJsonById(
      ctx,
      found.map(({ accountId }) => accountId),
    )
    return new Map(
      found.flatMap((each) => {
        const target = targets.get(each.accountId)
        return target ? [[each.id, render(each, target)] as const] : []
      }),
    )
  },
})
