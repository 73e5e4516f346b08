import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { InteractionAnswer } from '#core/posts/interactions/interaction.facts'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { followersOf } from '../audience.ts'
import { deliver, followerInboxes, inboxesOf } from '../deliveries.ts'
import { interactionKinds } from '../interaction-kinds.ts'
import { deedActivity, requestActivity } from '../interaction-activities.ts'
import { askDialect } from '../learn-software.ts'
import { approvalStamp, interactingUri } from '../load-approval.ts'
import { approvalUri } from '../objects/render-policy.ts'
import { hostOf } from '../properties.ts'
import { deleteStampActivity, requestAnswer } from '../stamps.ts'
import { PUBLIC } from '../vocabulary.ts'

/**
 * Asks the author elsewhere to let a member do something with a post of theirs (wire 10.6): by a request, or by what is wanted
 * itself where those are not known. What follows from a yes is another letter, also when it says the same.
 */
export async function deliverInteractionRequest(
  ctx: Ctx,
  { requestId }: Facts['interaction.requested'],
): Promise<void> {
  const request = await requestActivity(requestId)
  if (!request) return
  const { activity, senderId, authorId } = request
  const inboxes = await inboxesOf([authorId], { personal: true })
  const host = hostOf(String(activity.object))
  const isKnown = !host || !['early-gotosocial', 'peertube'].includes(await askDialect(host))
  const said = isKnown ? activity : await deedActivity(requestId)
  if (said)
    await deliver(ctx, { activity: said, name: String(activity.id), senderId, about: requestId }, inboxes)
}

/** Answers whom another server speaks for about a post of ours: their request, or what they did itself (wire 10.6). */
export async function deliverInteractionAnswer(ctx: Ctx, fact: InteractionAnswer): Promise<void> {
  const { kind, targetId, accountId, uri, requestUri, requestId } = fact
  const [target, actor] = await Promise.all([Post.findByPk(targetId), Account.findByPk(accountId)])
  if (!target?.isLocal || !actor?.uri || !uri) return
  const { authorId } = target
  const asked = {
    ...(requestUri ? { type: interactionKinds[kind].request } : {}),
    requestUri: requestUri ?? uri,
    actor: accountUri(actor),
    instrument: uri,
    target: postUri(target),
    authorId,
  }
  const stamp = requestId && approvalUri(kind, authorId, requestId)
  const activity = requestAnswer(asked, stamp, 'interaction_requests')
  await deliver(
    ctx,
    { activity, senderId: authorId, about: asked.requestUri },
    await inboxesOf([accountId], { personal: true }),
  )
}

/** Tells who was let do something with a post of ours, and who follows its author or them, that it is so no more. */
export async function deliverInteractionEnd(ctx: Ctx, fact: InteractionAnswer): Promise<void> {
  const { kind, targetId, accountId, uri, requestId: id } = fact
  const [target, actor] = await Promise.all([Post.findByPk(targetId), Account.findByPk(accountId)])
  if (!target?.isLocal || !actor || !id) return
  const done = { id, kind, accountId, uri }
  const to = [PUBLIC, followersOf(target.authorId), accountUri(actor)]
  const activity = deleteStampActivity(approvalStamp({ ...done, target }), to)
  const [followers, theirs] = await Promise.all([
    followerInboxes(target.authorId),
    actor.uri ? inboxesOf([accountId]) : followerInboxes(accountId),
  ])
  const letter = { activity, senderId: target.authorId, about: interactingUri(done) }
  await deliver(ctx, letter, [...new Set([...followers, ...theirs])])
}
