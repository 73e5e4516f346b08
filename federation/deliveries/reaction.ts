import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { dialectAt } from '#core/instances/dialect'
import { findRequest } from '#core/posts/interactions/interaction-request'
import { Post } from '#core/posts/post.model'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { select, selectAll } from '#platform/select'
import { emojiReactActivity, likeActivity, undoActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'
import { renderApproval } from '../objects/render-policy.ts'
import { renderReaction } from '../objects/reaction.ts'
import { hostOf, type Json, many } from '../properties.ts'
import { approvedContext } from '../vocabulary.ts'
import { relayLocalDeed } from './group.ts'

/**
 * Tells the author elsewhere, and the group that the post is in, what a member of ours thinks of it (federation rule 186,
 * features emoji-reactions-01, groups-02).
 */
export const deliverReaction = (ctx: Ctx, fact: Facts['reaction.added']): Promise<void> =>
  tell(ctx, fact, (like) => like)

/** Takes it back. */
export const deliverReactionEnd = (ctx: Ctx, fact: Facts['reaction.removed']): Promise<void> =>
  tell(ctx, fact, undoActivity)

async function tell(ctx: Ctx, fact: Facts['reaction.added'], say: (like: Json) => Json): Promise<void> {
  const found = await findLiked(fact)
  if (!found) return
  const { accountId: senderId } = fact
  const activity = say(found.like)
  const inboxes = await inboxesOf(found.reachedIds, { personal: true })
  await deliver(ctx, { activity, senderId }, inboxes)
  await relayLocalDeed(ctx, found.post, { accountId: senderId, activity })
}

/**
 * The Like of a reaction of ours to a post elsewhere, or to one in a group here, to servers of the Pleroma family the EmojiReact (feature
 * emoji-reactions-02); undefined for any other.
 */
export const likeOf = async (fact: Facts['reaction.added']): Promise<Json | undefined> =>
  (await findLiked(fact))?.like

type Liked = { like: Json; post: Post; reachedIds: Id[] }

// Of posts here nobody elsewhere is told what members think of them, but groups.
const tellable = `id = $1 AND (uri IS NOT NULL OR group_id IS NOT NULL OR EXISTS (SELECT FROM mentions AS m
  JOIN accounts AS g ON g.id = m.account_id AND g.kind = 'group' WHERE m.post_id = posts.id))`

async function findLiked(fact: Facts['reaction.added']): Promise<Liked | undefined> {
  const { accountId, postId } = fact
  const account = await select({}, Account, 'id = $1 AND domain IS NULL', [accountId])
  const post = account && (await select({}, Post, tellable, [postId]))
  const found = post ? await authorAndGroups(post) : []
  const author = found.find(({ id }) => id === post?.authorId)
  if (!account || !post || !author) return undefined
  const groups = found.filter((each) => each !== author)
  const like = await sayingOf(fact, account, post, author)
  const group = groups.find(({ id }) => id === post.groupId) ?? groups[0]
  const inGroup = group ? { cc: [accountUri(group)], audience: accountUri(group) } : {}
  const approved = await approvalIn(post, fact.reactionId, like)
  return { like: { ...like, ...inGroup, ...approved }, post, reachedIds: found.map(({ id }) => id) }
}

/** The stamp of an author elsewhere who had to say yes. */
async function approvalIn(post: Post, reactionId: Id, like: Json): Promise<Json> {
  const request = post.interactionPolicy?.like && (await findRequest({}, reactionId))
  if (request?.state !== 'accepted' || !request.stampUri) return {}
  const context = [...many(like['@context']), ...approvedContext.slice(1)]
  return { '@context': context, ...renderApproval(reactionId, request) }
}

// What went out before stays what it was.
async function sayingOf(
  fact: Facts['reaction.added'],
  account: Account,
  post: Post,
  author: Account,
): Promise<Json> {
  const { reactionId } = fact
  const [said, uri, to] = [renderReaction(fact), postUri(post), accountUri(author)]
  const like = likeActivity(reactionId, account, uri, to, said)
  if (!said || (await typeOfLetter(String(like.id), to)) !== 'EmojiReact') return like
  return emojiReactActivity(reactionId, account, uri, to, said)
}

async function typeOfLetter(id: string, authorUri: string): Promise<string> {
  const sent = await row<{ type: string }>({}, 'SELECT type FROM outgoing_activities WHERE uri = $1', [id])
  return sent?.type ?? ((await dialectAt(hostOf(authorUri) ?? '')) === 'pleroma' ? 'EmojiReact' : 'Like')
}

// The groups are the one here that it is in, and those that it names.
const authorAndGroups = ({ authorId, groupId, id }: Post): Promise<Account[]> =>
  selectAll(
    {},
    Account,
    `id IN (SELECT $1::bigint UNION ALL SELECT $2::bigint UNION ALL SELECT account_id FROM mentions WHERE post_id = $3)
       AND (id = $1 OR kind = 'group' AND gone_at IS NULL)`,
    [authorId, groupId, id],
  )
