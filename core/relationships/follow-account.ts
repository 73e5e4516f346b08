import { actingId } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { Account } from '../accounts/account.model.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'
import { recordFollow } from './record-follow.ts'
import { assertFollowable, mustAsk } from './relationship.policy.ts'

export type FollowOptions = {
  showsBoosts?: boolean | undefined
  notifies?: boolean | undefined
  /** Only posts in these languages; none means all. */
  languages?: string[] | undefined
}

/**
 * Follows an account: at once when it is open and here, else as a request that it answers (ACCT-22). Of one that is
 * followed already only the options change (ACCT-23). Throws NotFound and Forbidden as `assertFollowable` (ACCT-24).
 */
export const followAccount = (
  ctx: Ctx,
  { accountId, ...options }: { accountId: Id } & FollowOptions,
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const followerId = actingId(ctx)
    await lockPair(ctx, followerId, accountId)
    const followed = await assertFollowable(ctx, followerId, accountId)
    const transaction = ctx.tx
    const existing = await Follow.findOne({ where: { followerId, followedId: accountId }, transaction })
    if (existing) await existing.update(columnsOf(options), { transaction })
    else await beginFollow(ctx, followerId, followed, options)
  })

/** Writes a follow that was checked, or the request for it; the caller holds the pair. */
export async function beginFollow(
  ctx: TxCtx,
  followerId: Id,
  followed: Account,
  options: FollowOptions,
): Promise<void> {
  const follower = await Account.findByPk(followerId, { transaction: ctx.tx, rejectOnEmpty: true })
  const state = followed.isLocal && !mustAsk(follower, followed) ? 'accepted' : 'pending'
  await recordFollow(ctx, { followerId, followedId: followed.id, state, ...columnsOf(options) })
}

const columnsOf = ({ showsBoosts, notifies, languages }: FollowOptions) => ({
  ...(showsBoosts === undefined ? {} : { showsBoosts }),
  ...(notifies === undefined ? {} : { notifies }),
  ...(languages === undefined ? {} : { languages: languages.length > 0 ? languages : null }),
})
