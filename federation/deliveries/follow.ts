import { Account } from '#core/accounts/account.model'
import type { Ctx } from '#core/ctx'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { select } from '#platform/select'
import { answerActivity, followActivity, undoActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'

type Pair = { followId: Id; followerId: Id; followedId: Id; uri: string | null }

/** Asks another server to let a member of ours follow. */
export async function deliverFollow(
  ctx: Ctx,
  { followId, followerId, followedId }: Facts['follow.requested'],
): Promise<void> {
  const pair = await outward(followerId, followedId)
  if (!pair) return
  const activity = followActivity(followId, pair.from, pair.to)
  const letter = { activity, senderId: followerId, about: `${followerId} ${followedId}` }
  await deliver(ctx, letter, await inboxesOf([followedId], { personal: true }))
}

/** Ends a follow, or takes the request back. */
export async function deliverUnfollow(
  ctx: Ctx,
  { followId, followerId, followedId }: Facts['follow.ended'],
): Promise<void> {
  const pair = await outward(followerId, followedId)
  if (!pair) return
  const activity = undoActivity(followActivity(followId, pair.from, pair.to))
  const letter = { activity, senderId: followerId, about: `${followerId} ${followedId}` }
  await deliver(ctx, letter, await inboxesOf([followedId], { personal: true }))
}

/** Ends a follow that only the other server knows of: it never was here, or its end was lost on the way (wire 13.1). */
export async function deliverStrayUndo(ctx: Ctx, from: Account, to: Account): Promise<void> {
  const made = await row<{ id: Id }>(ctx, 'SELECT kith_id() AS id')
  if (!made) return
  const activity = undoActivity(followActivity(made.id, from, to))
  const letter = { activity, senderId: from.id, about: `${from.id} ${to.id}` }
  await deliver(ctx, letter, await inboxesOf([to.id], { personal: true }))
}

/** Tells a follower elsewhere that they were accepted. */
export const deliverAccept = (ctx: Ctx, fact: Facts['follow.accepted']): Promise<void> =>
  answer(ctx, 'Accept', fact)

/** Tells a follower elsewhere that they were refused, or are not wanted any more. */
export const deliverReject = (ctx: Ctx, fact: Facts['follow.rejected']): Promise<void> =>
  answer(ctx, 'Reject', fact)

async function answer(
  ctx: Ctx,
  type: 'Accept' | 'Reject',
  { followId, followerId, followedId, uri }: Pair,
): Promise<void> {
  const pair = await outward(followedId, followerId)
  if (!pair) return
  const activity = answerActivity(type, { id: followId, uri }, pair.to, pair.from)
  const letter = { activity, senderId: followedId, about: `${followedId} ${followerId}` }
  await deliver(ctx, letter, await inboxesOf([followerId], { personal: true }))
}

/** The two of a relationship, when it leads from a member of ours to somebody elsewhere. */
export async function outward(fromId: Id, toId: Id): Promise<{ from: Account; to: Account } | undefined> {
  const [from, to] = await Promise.all([fromId, toId].map((id) => select({}, Account, 'id = $1', [id])))
  return from?.isLocal && to && !to.isLocal ? { from, to } : undefined
}
