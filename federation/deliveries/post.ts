import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { glance } from '#core/glance'
import { now } from '#platform/clock'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { createActivity, deletePostActivity, updatePostActivity } from '../activities.ts'
import { audienceOf } from '../audience.ts'
import { deliver, followerInboxes, forgetLetters, inboxesOf } from '../deliveries.ts'
import { loadPosts, type WholePost } from '../load-posts.ts'
import { relayDeletion, relayEdit } from './group.ts'
import { aloneIn, deliverAlone, deliverEndAlone } from './message.ts'
import { deliverWithPage } from './page.ts'
import type { Lone } from '../private-message.ts'
import { announceToRelays, withRelays } from './relay.ts'

/** Sends a new post of ours to those who may see it elsewhere: followers and the people it names, and relays. */
export async function deliverPost(ctx: Ctx, { postId }: Facts['post.created']): Promise<void> {
  const seen = await glance(postId)
  const post = seen?.isForOthers ? await ours(postId) : undefined
  if (!post || post.boostOf) return
  const alone = await aloneIn(post)
  const inboxes = await withRelays(await reached(post, alone), post.visibility, ['mastodon'])
  await deliverWithPage(ctx, post, createActivity(post), inboxes)
  await deliverAlone(ctx, post, alone, createActivity)
  await announceToRelays(ctx, post)
}

/** Sends an edit to those who got the post, and to those whom the edit added (federation rule 187); relays pass it on. */
export const deliverEdit = (ctx: Ctx, { postId }: Facts['post.edited']): Promise<void> =>
  deliverUpdate(ctx, postId, (post) => post.editedAt ?? post.publishedAt)

/** Sends what changed about a post of ours without an edit: how its quote stands, or who may quote it. */
export const deliverChange = (ctx: Ctx, { postId }: { postId: Id }): Promise<void> =>
  deliverUpdate(ctx, postId, now)

async function deliverUpdate(ctx: Ctx, postId: Id, at: (post: WholePost) => Date): Promise<void> {
  const post = await ours(postId)
  if (!post) return
  const [moment, alone] = [at(post), await aloneIn(post)]
  const activity = updatePostActivity(post, moment)
  const inboxes = await withRelays(await reached(post, alone), post.visibility)
  await deliverWithPage(ctx, post, activity, inboxes)
  await deliverAlone(ctx, post, alone, (own) => updatePostActivity(own, moment))
  await relayEdit(ctx, post, activity)
}

/**
 * Sends the end of a post. The fact carries what the row would have said. Of an author who is gone everything goes by the
 * one word that they are (`deliverAccountEnd`).
 */
export async function deliverDeletion(ctx: Ctx, fact: Facts['post.deleted']): Promise<void> {
  if (fact.uri === null) await forgetLetters(fact.postId)
  const author = await Account.findByPk(fact.authorId, { attributes: ['goneAt'] })
  if (fact.uri !== null || !author || author.goneAt) return
  const uri = postUri({ id: fact.postId, uri: null, authorId: fact.authorId })
  const post = {
    id: fact.postId,
    authorId: fact.authorId,
    visibility: fact.visibility,
    accountIds: [...fact.mentionedIds, ...fact.reachedIds],
  }
  const audience = { ...audienceOf({ ...post, mentions: [] }), ...(await inGroup(fact.groupId)) }
  const activity = deletePostActivity(uri, fact.authorId, audience)
  const letter = { activity, senderId: fact.authorId, endedPostId: fact.postId }
  await deliver(ctx, letter, await withRelays(await reachedBy(post), post.visibility))
  await deliverEndAlone(ctx, fact)
  await relayDeletion(ctx, fact, activity)
}

async function inGroup(groupId: Id | null | undefined) {
  const group = groupId ? await Account.findByPk(groupId) : null
  return group ? { audience: accountUri(group) } : {}
}

const ours = async (postId: Id): Promise<WholePost | undefined> => {
  const [post] = await loadPosts([postId])
  return post?.uri === null ? post : undefined
}

const reached = (post: WholePost, alone: readonly Lone[]): Promise<string[]> =>
  reachedBy({
    authorId: post.authorId,
    visibility: post.visibility,
    accountIds: [
      ...post.mentions.map(({ id }) => id).filter((id) => !alone.some(({ person }) => person.id === id)),
      ...(post.replyTo && isOpen(post.visibility) ? [post.replyTo.authorId] : []),
      ...(post.quote && isOpen(post.visibility) ? [post.quote.authorId] : []),
    ],
  })

const isOpen = (visibility: WholePost['visibility']): boolean =>
  visibility === 'public' || visibility === 'unlisted'

type Reach = { authorId: Id; visibility: WholePost['visibility']; accountIds: readonly Id[] }

async function reachedBy({ authorId, visibility, accountIds }: Reach): Promise<string[]> {
  // Direct messages go to the very inboxes of the people named (federation rules 133, 169).
  if (visibility === 'direct') return inboxesOf(accountIds, { personal: true })
  const [followers, people] = await Promise.all([followerInboxes(authorId), inboxesOf(accountIds)])
  return [...new Set([...followers, ...people])]
}
