import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { transact } from '#platform/transact'
import { NotificationPolicy } from './notification-policy.model.ts'
import type { Policy } from './policy.queries.ts'

/** Changes parts of the actor's notification policy; what was put aside before stays there (NOTE-06). */
export const changePolicy = (ctx: Ctx, change: Partial<Policy>): Promise<void> =>
  transact(ctx, async (ctx) => {
    const accountId = actingId(ctx)
    await rows(
      ctx,
      'INSERT INTO notification_policies (account_id) VALUES ($1) ON CONFLICT (account_id) DO NOTHING',
      [accountId],
    )
    await NotificationPolicy.update(change, { where: { accountId }, transaction: ctx.tx })
  })
