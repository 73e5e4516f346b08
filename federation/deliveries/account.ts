import { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { Facts } from '#platform/facts'
import { deleteActorActivity, moveActivity, updateActorActivity } from '../activities.ts'
import { actorDocument } from '../actors.ts'
import { acquaintedInboxes, allInboxes, deliver, followerInboxes } from '../deliveries.ts'

/** Tells those who know an account of ours elsewhere how its profile looks now. */
export async function deliverProfile(ctx: Ctx, { accountId }: Facts['account.updated']): Promise<void> {
  const account = await Account.findByPk(accountId)
  if (!account?.isLocal) return
  const activity = updateActorActivity(await actorDocument(account), account.updatedAt)
  await deliver(ctx, { activity, senderId: accountId }, await acquaintedInboxes(accountId))
}

/** Tells every server that was ever met that an account of ours is gone (federation rule 185). */
export async function deliverAccountEnd(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  const account = await Account.findByPk(accountId)
  if (!account?.isLocal) return
  await deliver(
    ctx,
    { activity: deleteActorActivity(accountUri(account)), senderId: accountId },
    await allInboxes(),
  )
}

/** Tells the followers of an account of ours where it goes on (wire 8.13). */
export async function deliverMove(ctx: Ctx, { accountId, targetId }: Facts['account.moved']): Promise<void> {
  const [account, target] = await Promise.all([Account.findByPk(accountId), Account.findByPk(targetId)])
  if (!account?.isLocal || !account.movedAt || account.movedToId !== target?.id) return
  const activity = moveActivity(accountUri(account), accountUri(target), account.movedAt)
  await deliver(ctx, { activity, senderId: accountId }, await followerInboxes(accountId))
}
