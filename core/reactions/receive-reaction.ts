import { isBuried } from '../accounts/bury-uri.ts'
import type { Ctx } from '../ctx.ts'
import { Post } from '../posts/post.model.ts'
import { assertMayWrite, isBlockedBy } from '../posts/receive-post.ts'
import { Forbidden, Gone, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { recordReaction, type ReactionDraft } from './record-reaction.ts'

/**
 * Takes a reaction of another server; one on a boost counts for what was boosted. Throws Gone when it was taken back
 * before it came (federation rule 115), Forbidden when its maker may not react here (rule 148), NotFound when the post is
 * not here.
 */
export async function receiveReaction(ctx: Ctx, draft: ReactionDraft): Promise<void> {
  await assertMayWrite(ctx, draft.accountId)
  await transact(ctx, async (ctx) => {
    if (draft.uri) {
      await lockKeys(ctx, [draft.uri])
      if (await isBuried(ctx, draft.uri, draft.accountId)) throw new Gone()
    }
    const post = await Post.findByPk(draft.postId, { attributes: ['id', 'boostOfId'], transaction: ctx.tx })
    if (!post) throw new NotFound()
    const postId: Id = post.boostOfId ?? post.id
    if (await isBlockedBy(ctx, postId, draft.accountId)) throw new Forbidden()
    await recordReaction(ctx, { ...draft, postId })
  })
}
