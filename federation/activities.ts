import { accountUri, instanceActorUri, postUri } from '#core/addresses'
import type { Id } from '#platform/ids'
import { audienceOf, type Audience, followersOf } from './audience.ts'
import type { WholePost } from './load-posts.ts'
import { renderApproval } from './objects/render-policy.ts'
import { renderHashtag, renderPost } from './objects/render-post.ts'
import type { Json } from './properties.ts'
import {
  emojiReactContext,
  approvedContext,
  plainContext,
  postContext,
  PUBLIC,
  reactionContext,
  timeText,
} from './vocabulary.ts'

type Party = { id: Id; uri: string | null; kind?: string }

/** An activity of a local account about something, in the common form of wire section 8. */
const activity = (type: string, id: string, actor: string, object: unknown, more: Json = {}): Json => ({
  '@context': plainContext,
  id,
  type,
  actor,
  object,
  ...more,
})

const addressed = ({ to, cc, audience }: Audience): Json => ({ to, cc, ...(audience ? { audience } : {}) })

/** Create of a post (wire 8.1). */
export const createActivity = (post: WholePost): Json => ({
  ...activity(
    'Create',
    `${postUri(post)}/activity`,
    accountUri({ id: post.authorId, uri: null }),
    renderPost(post),
    {
      published: timeText(post.publishedAt),
      ...addressed(audienceOf(post)),
    },
  ),
  '@context': postContext,
})

/** Update of a post (wire 8.2). `at` is when it changed. */
export const updatePostActivity = (post: WholePost, at: Date): Json => ({
  ...activity(
    'Update',
    `${postUri(post)}#updates/${at.getTime()}`,
    accountUri({ id: post.authorId, uri: null }),
    renderPost(post),
    {
      published: timeText(at),
      ...addressed(audienceOf(post)),
    },
  ),
  '@context': postContext,
})

/** Delete of a post, of which nothing but its address is left (wire 8.4). */
export const deletePostActivity = (uri: string, authorId: Id, audience: Audience): Json =>
  activity(
    'Delete',
    `${uri}#delete`,
    accountUri({ id: authorId, uri: null }),
    { type: 'Tombstone', id: uri },
    addressed(audience),
  )

type Boost = Pick<
  WholePost,
  'id' | 'authorId' | 'uri' | 'visibility' | 'publishedAt' | 'boostOf' | 'approval'
>

/** Announce of a post: a boost (wire 8.8), with the stamp of whose yes it needed. */
export function announceActivity(boost: Boost): Json {
  const actor = accountUri({ id: boost.authorId, uri: null })
  const original = boost.boostOf
  const author = original ? accountUri({ id: original.authorId, uri: original.authorUri }) : undefined
  const followers = followersOf(boost.authorId)
  const people = author ? [author] : []
  const audience: Audience =
    boost.visibility === 'public'
      ? { to: [PUBLIC], cc: [followers, ...people] }
      : { to: [followers], cc: boost.visibility === 'unlisted' ? [PUBLIC, ...people] : people }
  const approval = renderApproval(boost.id, boost.approval)
  const announce = activity('Announce', `${postUri(boost)}/activity`, actor, original && postUri(original), {
    published: timeText(boost.publishedAt),
    ...addressed(audience),
    ...approval,
  })
  return approval.approvedBy ? { ...announce, '@context': approvedContext } : announce
}

/** Undo of a boost that is gone already. */
export const undoAnnounceActivity = (boostUri: string, authorId: Id, originalUri: string): Json => {
  const actor = accountUri({ id: authorId, uri: null })
  const inner = { id: `${boostUri}/activity`, type: 'Announce', actor, object: originalUri }
  return activity('Undo', `${boostUri}#undo`, actor, inner, { to: [PUBLIC], cc: [followersOf(authorId)] })
}

const aimed =
  (type: string, verb: string) =>
  (id: Id, from: Party, object: string, to: string): Json =>
    activity(type, `${accountUri(from)}/${verb}/${id}`, accountUri(from), object, { to: [to] })

/** Follow of an account; `id` is that of the follow (wire 8.5). */
export const followActivity = (id: Id, from: Party, to: Party): Json =>
  aimed('Follow', 'follows')(id, from, accountUri(to), accountUri(to))

/**
 * Follow by the instance itself of a relay's actor, or of everything public, which a Mastodon-style relay understands
 * (wire 13.2).
 */
export const relayFollowActivity = (id: string, relayUri: string | null): Json =>
  activity('Follow', id, instanceActorUri, relayUri ?? PUBLIC, relayUri ? { to: [relayUri] } : {})

/** Announce of a public post by the instance itself, for LitePub-style relays (wire 13.2). */
export const relayAnnounceActivity = (post: WholePost): Json =>
  activity('Announce', `${instanceActorUri}/announces/${post.id}`, instanceActorUri, postUri(post), {
    published: timeText(post.publishedAt),
    to: [PUBLIC],
  })

/** Like of a post by `authorUri`; `id` is that of the reaction, `said` the emoji that it says (wire 8.6, 8.7). */
export const likeActivity = (
  id: Id,
  from: Party,
  post: string,
  authorUri: string,
  said: Json | null = null,
): Json => {
  const like = aimed('Like', 'likes')(id, from, post, authorUri)
  return said ? { ...like, '@context': reactionContext, ...said } : like
}

/** EmojiReact of a post by `authorUri`: what Pleroma and its kin say instead of a Like with an emoji (wire 8.7). */
export const emojiReactActivity = (
  id: Id,
  from: Party,
  post: string,
  authorUri: string,
  said: Json,
): Json => {
  const { content, tag } = said
  const react = aimed('EmojiReact', 'likes')(id, from, post, authorUri)
  return { ...react, '@context': emojiReactContext, content, ...(tag ? { tag } : {}) }
}

/** Block of an account (wire 8.11). */
export const blockActivity = (id: Id, from: Party, to: Party): Json =>
  aimed('Block', 'blocks')(id, from, accountUri(to), accountUri(to))

/** Accept or Reject of a Follow, which stands in it whole (wire 8.5). */
export function answerActivity(
  type: 'Accept' | 'Reject',
  follow: { id: Id; uri: string | null },
  follower: Party,
  followed: Party,
): Json {
  const [actor, to] = [accountUri(followed), accountUri(follower)]
  const inner = { id: follow.uri ?? `${to}/follows/${follow.id}`, type: 'Follow', actor: to, object: actor }
  return activity(type, `${actor}#${type.toLowerCase()}s/follows/${follow.id}`, actor, inner, { to: [to] })
}

/** Undo of something that stands in it without its context (wire 8.9). */
export function undoActivity(undone: Json): Json {
  const { '@context': context = plainContext, ...inner } = undone
  const undo = activity('Undo', `${String(undone.id)}/undo`, String(undone.actor), inner, { to: undone.to })
  return { ...undo, '@context': context }
}

/** Votes in a poll, one Create for each choice (wire 6.3). */
export const voteActivity = (
  id: Id,
  from: Party,
  name: string,
  question: string,
  authorUri: string,
): Json => {
  const actor = accountUri(from)
  const note = {
    id: `${actor}#votes/${id}`,
    type: 'Note',
    name,
    attributedTo: actor,
    to: [authorUri],
    inReplyTo: question,
  }
  return activity('Create', `${actor}#votes/${id}/activity`, actor, note, { to: [authorUri] })
}

/** Update of an account: the whole actor document (wire 8.2). */
export const updateActorActivity = (actor: Json, at: Date): Json => {
  const { '@context': context, ...object } = actor
  return {
    ...activity('Update', `${String(actor.id)}#updates/${at.getTime()}`, String(actor.id), object, {
      to: [PUBLIC],
    }),
    '@context': context,
  }
}

/** Delete of an account: its id alone (wire 8.4). */
export const deleteActorActivity = (uri: string): Json =>
  activity('Delete', `${uri}#delete`, uri, uri, { to: [PUBLIC] })

/** Flag: a report about an account (the first of `objects`) and its posts (wire 8.12). */
export const flagActivity = (id: Id, from: Party, objects: string[], content: string): Json =>
  activity('Flag', `${accountUri(from)}/flags/${id}`, accountUri(from), objects, {
    content,
    to: objects.slice(0, 1),
  })

/** The same for servers that take one thing at a time: the one at `at` of what is reported of the account `to`. */
export const singleFlagActivity = (
  { id, at }: { id: Id; at: number },
  from: Party,
  object: string,
  { to, content }: { to: string; content: string },
): Json =>
  activity('Flag', `${accountUri(from)}/flags/${id}-${at}`, accountUri(from), object, {
    content,
    summary: content,
    to: [to],
  })

/** Move of an account, whose document says so already (wire 8.13). */
export const moveActivity = (from: string, to: string, at: Date): Json =>
  activity('Move', `${from}/moves/${at.getTime()}`, from, from, { target: to, to: [`${from}/followers`] })

/** Add of a post to the pinned ones, or its Remove (wire 8.10). `step` tells apart what is done again. */
export const pinActivity = (
  type: 'Add' | 'Remove',
  post: { id: Id; authorId: Id; uri: null },
  step: number,
): Json => {
  const actor = accountUri({ id: post.authorId, uri: null })
  const id = `${postUri(post)}#${type.toLowerCase()}s/${step}`
  const audience = { to: [PUBLIC], cc: [followersOf(post.authorId)] }
  return activity(type, id, actor, postUri(post), { target: `${actor}/featured`, ...audience })
}

/** A hashtag that an account of ours features, or does no longer; said of the featured collection, as others do. */
export const featureActivity = (
  type: 'Add' | 'Remove',
  { accountId, featureId, ...tag }: { accountId: Id; featureId: Id; name: string; displayName: string },
): Json => {
  const actor = accountUri({ id: accountId, uri: null })
  const id = `${actor}/featured-tags#${type.toLowerCase()}s/${featureId}`
  const audience = { to: [PUBLIC], cc: [followersOf(accountId)] }
  const object = renderHashtag(tag)
  return {
    ...activity(type, id, actor, object, { target: `${actor}/featured`, ...audience }),
    '@context': postContext,
  }
}
