import { accountUri } from '#core/addresses'
import { Account } from '#core/accounts/account.model'
import type { Post } from '#core/posts/post.model'
import { withdrawBoost } from '#core/posts/withdraw-boost'
import { withdrawDislike } from '#core/reactions/withdraw-dislike'
import { withdrawReaction } from '#core/reactions/withdraw-reaction'
import { receiveAnswer } from '#core/relationships/receive-answer'
import { withdrawBlock } from '#core/relationships/withdraw-block'
import { withdrawFollow } from '#core/relationships/withdraw-follow'
import type { Ctx } from '#core/ctx'
import { authenticActivity } from '../authentic-object.ts'
import { findAnswered } from '../find-answered.ts'
import { findStoredAccount, findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { readReaction } from '../objects/reaction.ts'
import { idOf, isJson, type Json, typeOf, typesOf } from '../properties.ts'
import { relayDeed } from '../relay-to-group.ts'
import { takeModeration } from '../take-moderation.ts'

/**
 * Undo of a Follow, Like, EmojiReact, Dislike, Announce or Block, or of the Accept of a Follow, by the one who did it (federation rules 65,
 * 66; wire 8.9).
 */
export default listen(['Undo'], async (ctx, heard) => {
  const incoming = await authenticActivity(ctx, heard)
  if (!incoming) return
  const { json, actor } = incoming
  const undone = json.object
  if (isJson(undone) && undone.actor !== undefined && idOf(undone.actor) !== accountUri(actor)) return
  if (await takeModeration(ctx, incoming)) return
  const uri = idOf(undone) ?? null
  const inner: Json = isJson(undone) ? undone : {}
  const type = typeOf(inner, ['Follow', 'Like', 'EmojiReact', 'Dislike', 'Announce', 'Block', 'Accept'])
  if (!type && typesOf(inner).length > 0) return
  // An Undo that names no type may mean any of them; each withdraws only what the actor did under that id.
  for (const each of type ? [type] : ['Follow', 'Like', 'Dislike', 'Announce', 'Block']) {
    const post = await undo[each]?.(ctx, actor, uri, inner)
    if (post && type) await relayDeed(ctx, incoming, post)
  }
})

/** Gives the post that a reaction was to. */
type Undoing = (ctx: Ctx, actor: Account, uri: string | null, inner: Json) => Promise<Post | null | void>

// Without an id it is the reaction to that post that says the same (feature emoji-reactions-06).
const unlike: Undoing = async (ctx, actor, uri, inner) => {
  const post = await findStoredPost(idOf(inner.object))
  const said = uri ? undefined : await readReaction(inner, actor)
  if (!uri && !said) return null
  await withdrawReaction(ctx, {
    accountId: actor.id,
    uri,
    ...(post ? { postId: post.id } : {}),
    ...(said ? { emoji: said.emoji } : {}),
  })
  return post
}

const undo: Record<string, Undoing> = {
  // Who takes back a yes to a follow has said no (feature undo-01).
  Accept: async (ctx, actor, _uri, inner) => {
    const followerId = await findAnswered(inner.object, actor)
    if (followerId) await receiveAnswer(ctx, { followerId, followedId: actor.id, isAccepted: false })
  },
  Like: unlike,
  EmojiReact: unlike,
  Dislike: async (ctx, actor, uri, inner) => {
    const post = await findStoredPost(idOf(inner.object))
    await withdrawDislike(ctx, { accountId: actor.id, uri, ...(post ? { postId: post.id } : {}) })
    return post
  },
  Follow: async (ctx, actor, uri, inner) => {
    const followed = await findStoredAccount(idOf(inner.object))
    await withdrawFollow(ctx, { followerId: actor.id, uri, followedId: followed?.id ?? null })
  },
  Announce: async (ctx, actor, uri, inner) => {
    const post = await findStoredPost(idOf(inner.object))
    await withdrawBoost(ctx, { actorId: actor.id, uri, ...(post ? { postId: post.id } : {}) })
    // A group may have told of one thread in two Announces, with and without the activity: it takes it back by one of them.
    if (uri && post && actor.kind === 'group')
      await withdrawBoost(ctx, { actorId: actor.id, postId: post.id })
  },
  Block: async (ctx, actor, uri, inner) => {
    const blocked = await findStoredAccount(idOf(inner.object))
    await withdrawBlock(ctx, { blockerId: actor.id, uri, blockedId: blocked?.id ?? null })
  },
}
