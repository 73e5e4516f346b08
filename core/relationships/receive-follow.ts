import type { Ctx, TxCtx } from '../ctx.ts'
import { Account } from '../accounts/account.model.ts'
import { findAccount } from '../accounts/find-account.ts'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Follow } from './follow.model.ts'
import { pairOf } from './follow-pair.ts'
import { lockPair } from './lock-pair.ts'
import { isBuried } from '../accounts/bury-uri.ts'
import { blocksDomainOf } from './domain-block.policy.ts'
import { recordAcceptance, recordFollow } from './record-follow.ts'
import { areBlocked, mustAsk } from './relationship.policy.ts'

type Received = { followerId: Id; followedId: Id; uri: string }

// Copies of one Follow arrive within moments; a sender that repeats it later wants its answer again.
const COPY_MS = 60_000

/**
 * Somebody elsewhere follows a member: accepted at once, or a request when the member is locked, or refused when one of
 * them blocks the other or the member has moved away or is suspended. A Follow that was undone before it came changes nothing; one that repeats an accepted
 * one is answered again (federation rule 127). Throws NotFound when there is no such member.
 */
export const receiveFollow = (ctx: Ctx, received: Received): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { followerId, followedId, uri } = received
    await lockPair(ctx, followerId, followedId, uri)
    const followed = await memberToFollow(ctx, followedId)
    if (await isBuried(ctx, uri, followerId)) return
    const isAway = followed.movedToId !== null || followed.suspendedAt !== null
    if (isAway || (await areBlocked(ctx, followerId, followedId))) return refuse(ctx, received)
    const transaction = ctx.tx
    const follower = await Account.findByPk(followerId, { transaction, rejectOnEmpty: true })
    if (await blocksDomainOf(ctx, followedId, follower)) return refuse(ctx, received)
    const existing = await Follow.findOne({ where: { followerId, followedId }, transaction })
    const asks = mustAsk(follower, followed)
    if (existing) return repeat(ctx, existing, uri, asks)
    await recordFollow(ctx, { followerId, followedId, state: asks ? 'pending' : 'accepted', uri })
  })

async function memberToFollow(ctx: Ctx, id: Id): Promise<Account> {
  const followed = await findAccount(ctx, { id })
  if (!followed.isLocal || followed.kind === 'application') throw new NotFound()
  return followed
}

async function refuse(ctx: TxCtx, { followerId, followedId, uri }: Received): Promise<void> {
  const made = await row<{ id: Id }>(ctx, 'SELECT kith_id() AS id')
  if (made) await emit(ctx, 'follow.rejected', { followId: made.id, followerId, followedId, uri })
}

async function repeat(ctx: TxCtx, follow: Follow, uri: string, asks: boolean): Promise<void> {
  const isCopy = follow.uri === uri && now().getTime() - follow.createdAt.getTime() < COPY_MS
  if (follow.uri !== uri) await follow.update({ uri }, { transaction: ctx.tx })
  if (follow.state === 'pending' && !asks) await recordAcceptance(ctx, follow)
  else if (follow.state === 'accepted' && !isCopy) await emit(ctx, 'follow.accepted', pairOf(follow))
}
