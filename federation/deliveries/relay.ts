import { Account } from '#core/accounts/account.model'
import { instanceActor } from '#core/accounts/instance-actor'
import type { Ctx } from '#core/ctx'
import { Relay, type RelayKind } from '#core/relays/relay.model'
import { relayInboxes } from '#core/relays/relay.queries'
import type { Facts } from '#platform/facts'
import { answerActivity, relayAnnounceActivity, relayFollowActivity, undoActivity } from '../activities.ts'
import { deliver } from '../deliveries.ts'
import type { WholePost } from '../load-posts.ts'
import type { Json } from '../properties.ts'

/** Asks a relay to take this instance in, unless that was taken back meanwhile. */
export async function deliverRelayFollow(ctx: Ctx, { relayId }: Facts['relay.asked']): Promise<void> {
  const relay = await Relay.findByPk(relayId)
  if (!relay) return
  const isFollowed = relay.kind === 'litepub' && relay.accountId
  const account = isFollowed ? await Account.findByPk(relay.accountId!) : null
  await tell(ctx, relay.inboxUrl, relayFollowActivity(relay.followUri, account?.uri ?? null))
}

/** Tells a relay that this instance leaves it. */
export const deliverRelayEnd = (
  ctx: Ctx,
  { inboxUrl, followUri, accountUri }: Facts['relay.left'],
): Promise<void> => tell(ctx, inboxUrl, undoActivity(relayFollowActivity(followUri, accountUri)))

/** Lets a relay follow this instance in turn. */
export async function deliverRelayAccept(
  ctx: Ctx,
  { relayId, followId, uri }: Facts['relay.followedBack'],
): Promise<void> {
  const relay = await Relay.findByPk(relayId)
  const account = relay?.accountId ? await Account.findByPk(relay.accountId) : null
  if (!relay || !account) return
  const us = await instanceActor(ctx)
  await tell(ctx, relay.inboxUrl, answerActivity('Accept', { id: followId, uri }, account, us))
}

// In one lane, so that whoever leaves a relay and asks it again is not thrown out by what was said before.
async function tell(ctx: Ctx, inboxUrl: string, activity: Json): Promise<void> {
  const { id: senderId } = await instanceActor(ctx)
  await deliver(ctx, { activity, senderId, about: `relay ${inboxUrl}` }, [inboxUrl])
}

/** Announces a public post of ours to the relays that want the word of the instance itself (wire 13.2). */
export async function announceToRelays(ctx: Ctx, post: WholePost): Promise<void> {
  const inboxes = await withRelays([], post.visibility, ['litepub'])
  if (inboxes.length === 0) return
  const { id: senderId } = await instanceActor(ctx)
  await deliver(ctx, { activity: relayAnnounceActivity(post), senderId, postId: post.id }, inboxes)
}

/** These inboxes and those of relays, which get what is public and nothing else (federation rules 135, 189). */
export const withRelays = async (
  inboxes: readonly string[],
  visibility: WholePost['visibility'],
  kinds?: readonly RelayKind[],
): Promise<string[]> =>
  visibility === 'public' ? [...new Set([...inboxes, ...(await relayInboxes({}, kinds))])] : [...inboxes]
