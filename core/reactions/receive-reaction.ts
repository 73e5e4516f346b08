import { isBuried } from '../accounts/bury-uri.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { askFor } from '../posts/interactions/ask-for.ts'
import { vouchFor } from '../posts/interactions/vouch-for.ts'
import { Post } from '../posts/post.model.ts'
import { assertMayWrite, isBlockedBy } from '../posts/receive-post.ts'
import { Forbidden, Gone, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { hasRoom } from './has-room.ts'
import { recordReaction, type ReactionDraft } from './record-reaction.ts'
import { replaceReactions } from './replace-reactions.ts'

/** `isOnly`: its server knows one reaction of each account to a post, so it stands for all before (federation rule 128). */
export type RemoteReaction = ReactionDraft & {
  isOnly?: boolean
  /** The request by which the author of the post was asked. */
  requestUri?: string
}

/**
 * Takes a reaction of another server, or keeps it until the author of the post says yes; one on a boost counts for what was
 * boosted. Gives whether it counts by now. Throws Gone when it was taken back before it came (federation rule 115), Forbidden when its maker may not react here (rule 148) or has given too many
 * (rule 128), NotFound when the post is not here.
 */
export async function receiveReaction(
  ctx: Ctx,
  { isOnly = false, requestUri, ...draft }: RemoteReaction,
): Promise<boolean> {
  const { accountId, emoji = '', uri = null, picture = null } = draft
  await assertMayWrite(ctx, accountId)
  return transact(ctx, async (ctx) => {
    const target = await openVote(ctx, draft)
    const postId = target.id
    const wish = {
      kind: 'like',
      accountId,
      target,
      uri,
      requestUri: requestUri ?? null,
      emoji,
      picture,
    } as const
    const consent = await askFor(ctx, target, wish)
    if (consent === 'waits') return false
    if (isOnly) await replaceReactions(ctx, { accountId, postId, except: emoji, withFavourite: true })
    if (emoji !== '' && !(await hasRoom(ctx, { accountId, postId, emoji }))) throw new Forbidden()
    const id = await recordReaction(ctx, { ...draft, postId })
    if (consent === 'given' && id) await vouchFor(ctx, { ...wish, id })
    return true
  })
}

const attributes = ['id', 'boostOfId', 'authorId', 'uri', 'replyToAccountId', 'interactionPolicy']

/**
 * Lets an account elsewhere say what it thinks of a post, one thing at a time; gives the post it is meant for. Throws Gone,
 * Forbidden and NotFound as above.
 */
export async function openVote(
  ctx: TxCtx,
  { accountId, postId, uri }: { accountId: Id; postId: Id; uri?: string | null },
): Promise<Post> {
  await lockKeys(ctx, [...(uri ? [uri] : []), `reactions ${accountId} ${postId}`])
  if (uri && (await isBuried(ctx, uri, accountId))) throw new Gone()
  const named = await Post.findByPk(postId, { attributes, transaction: ctx.tx })
  const post = named?.boostOfId
    ? await Post.findByPk(named.boostOfId, { attributes, transaction: ctx.tx })
    : named
  if (!post) throw new NotFound()
  if (await isBlockedBy(ctx, post.id, accountId)) throw new Forbidden()
  return post
}
