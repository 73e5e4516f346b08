import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { findRequest, type InteractionRequest } from '#core/posts/interactions/interaction-request'
import { Post } from '#core/posts/post.model'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { announceActivity, likeActivity } from './activities.ts'
import { interactionKinds } from './interaction-kinds.ts'
import { loadPosts, type Named } from './load-posts.ts'
import { renderPost } from './objects/render-post.ts'
import { renderReaction } from './objects/reaction.ts'
import type { Json } from './properties.ts'
import { postContext, stampContext } from './vocabulary.ts'

/** A request of a member to do something with a post elsewhere, and whom it asks. */
export type Request = { activity: Json; senderId: Id; authorId: Id }

/**
 * LikeRequest, ReplyRequest or AnnounceRequest with what is wanted in it whole (wire 10.6); undefined when it is nothing of a
 * member, about nothing elsewhere, or answered.
 */
export async function requestActivity(requestId: Id): Promise<Request | undefined> {
  const found = await findWanted(requestId)
  if (!found) return undefined
  const { request, target, author, account, instrument } = found
  const { '@context': _, ...wanted } = instrument
  const actor = accountUri(account)
  const activity = {
    '@context': [...postContext, ...stampContext.slice(1)],
    id: `${actor}/interaction_requests/${requestId}`,
    type: interactionKinds[request.kind].request,
    actor,
    object: target.uri,
    instrument: wanted,
    to: [author.uri],
  }
  return { activity, senderId: account.id, authorId: author.id }
}

/** What is wanted by itself, for servers that know no requests and let what they are sent wait for their author. */
export async function deedActivity(requestId: Id): Promise<Json | undefined> {
  const found = await findWanted(requestId)
  if (!found || found.request.kind !== 'reply') return found?.instrument
  const object = found.instrument
  const { id, published, to, cc, attributedTo: actor } = object
  const create = { id: `${String(id)}/activity`, type: 'Create', actor, published, to, cc, object }
  return { '@context': postContext, ...create }
}

type Sides = { target: Post; author: Account; account: Account }
type Wanted = Sides & { request: InteractionRequest; instrument: Json }

async function findWanted(requestId: Id): Promise<Wanted | undefined> {
  const request = await findRequest({}, requestId)
  if (request?.state !== 'pending') return undefined
  const [target, author, account] = await Promise.all([
    Post.findByPk(request.targetId),
    Account.findByPk(request.authorId),
    Account.findByPk(request.accountId),
  ])
  if (!target?.uri || !author?.uri || !account || account.domain !== null) return undefined
  const sides = { target, author, account }
  const instrument = await instrumentOf(request, sides)
  return instrument && { ...sides, request, instrument }
}

async function instrumentOf(
  request: InteractionRequest,
  { target, author, account }: Sides,
): Promise<Json | undefined> {
  const { id, kind, accountId, targetId, emoji, picture, visibility, createdAt } = request
  if (kind === 'reply') return waitingReply(request)
  if (kind === 'like') {
    const said = renderReaction({ reactionId: id, accountId, postId: targetId, emoji, picture, uri: null })
    return likeActivity(id, account, postUri(target), accountUri(author), said)
  }
  const boostOf = {
    id: target.id,
    authorId: author.id,
    uri: target.uri,
    authorUri: author.uri,
    authorUrl: author.url,
  }
  return announceActivity({
    id,
    authorId: accountId,
    uri: null,
    visibility: visibility ?? 'unlisted',
    publishedAt: createdAt,
    boostOf,
    approval: null,
  })
}

/** A reply as it will be once it has its yes: for whom it is meant, and with whom it names. */
async function waitingReply({ id, visibility, mentions }: InteractionRequest): Promise<Json | undefined> {
  const [post] = await loadPosts([id])
  if (!post || !visibility) return undefined
  const named = await rows<Named>(
    {},
    `SELECT a.id, a.uri, a.kind, a.username, a.domain, coalesce(m."isSilent", false) AS "isSilent"
     FROM jsonb_to_recordset($1::jsonb) AS m ("accountId" bigint, "isSilent" boolean) JOIN accounts AS a ON a.id = m."accountId"`,
    [JSON.stringify(mentions ?? [])],
  )
  return renderPost({ ...post, visibility, mentions: named })
}
