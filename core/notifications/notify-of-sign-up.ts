import type { Ctx } from '../ctx.ts'
import type { Facts } from '#platform/facts'
import { notify } from './notify.ts'
import { moderatorIds } from './moderators.queries.ts'

/** Tells the moderators that somebody joined (NOTE-01). */
export async function notifyOfSignUp(
  ctx: Ctx,
  { accountId: fromId }: Facts['account.created'],
): Promise<void> {
  const found = await moderatorIds(ctx)
  await notify(
    ctx,
    found.map((accountId) => ({ accountId, kind: 'admin.sign_up', fromId })),
  )
}
