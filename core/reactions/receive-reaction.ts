import { isBuried } from '../accounts/bury-uri.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
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
export type RemoteReaction = ReactionDraft & { isOnly?: boolean }

/**
 * Takes a reaction of another server; one on a boost counts for what was boosted. Throws Gone when it was taken back
 * before it came (federation rule 115), Forbidden when its maker may not react here (rule 148) or has given too many
 * (rule 128), NotFound when the post is not here.
 */
export async function receiveReaction(ctx: Ctx, { isOnly = false, ...draft }: RemoteReaction): Promise<void> {
  const { accountId, emoji = '' } = draft
  await assertMayWrite(ctx, accountId)
  await transact(ctx, async (ctx) => {
    const postId = await openVote(ctx, draft)
    if (isOnly) await replaceReactions(ctx, { accountId, postId, except: emoji, withFavourite: true })
    if (emoji !== '' && !(await hasRoom(ctx, { accountId, postId, emoji }))) throw new Forbidden()
    await recordReaction(ctx, { ...draft, postId })
  })
}

/**
 * Lets an account elsewhere say what it thinks of a post, one thing at a time; gives the post it is meant for. Throws Gone,
 * Forbidden and NotFound as above.
 */
export async function openVote(
  ctx: TxCtx,
  { accountId, postId, uri }: { accountId: Id; postId: Id; uri?: string | null },
): Promise<Id> {
  await lockKeys(ctx, [...(uri ? [uri] : []), `reactions ${accountId} ${postId}`])
  if (uri && (await isBuried(ctx, uri, accountId))) throw new Gone()
  const post = await Post.findByPk(postId, { attributes: ['id', 'boostOfId'], transaction: ctx.tx })
  if (!post) throw new NotFound()
  const meantId = post.boostOfId ?? post.id
  if (await isBlockedBy(ctx, meantId, accountId)) throw new Forbidden()
  return meantId
}
