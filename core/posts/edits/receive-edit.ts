import type { Ctx, TxCtx } from '../../ctx.ts'
import { row, rows } from '#platform/db'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { attachedTo, matchAttachments } from './edit-media.ts'
import { changesPoll, editPoll, pollOfPost } from './edit-poll.ts'
import type { Post } from '../post.model.ts'
import { postOf } from '../post-row.ts'
import { assertMayWrite, receivePost } from '../receive-post.ts'
import { reviseQuote } from '../quotes/revise-quote.ts'
import { narrowPost } from './narrow-post.ts'
import type { InteractionPolicy } from '../interactions/interaction.policy.ts'
import type { QuotePolicy } from '../quote.policy.ts'
import { recordEdit } from './record-edit.ts'
import { cleanContent, momentOf, type RemotePost } from '../remote-post.ts'

/**
 * Takes the newer state of a post of another server. One that is not here yet is stored (federation rule 117). What is
 * not newer changes nothing but the counts of a poll (rules 118, 119); of two with one time what the origin says stands
 * . Throws Forbidden when somebody else wrote it (rule 62), Gone when it was deleted.
 */
export async function receiveEdit(ctx: Ctx, draft: RemotePost, { isFromOrigin = false } = {}): Promise<Post> {
  await assertMayWrite(ctx, draft.authorId)
  return transact(ctx, async (ctx) => {
    await lockKeys(ctx, [draft.uri])
    const found = await row(ctx, 'SELECT * FROM posts WHERE uri = $1 FOR NO KEY UPDATE', [draft.uri])
    if (!found) return receivePost(ctx, draft)
    const post = postOf(found)
    if (post.authorId !== draft.authorId || post.boostOfId) throw new Forbidden()
    await narrowPost(ctx, post, draft.visibility)
    const { poll = null, attachments, ...content } = cleanContent(draft)
    if (isNewer(post, draft) || (isFromOrigin && isTie(post, draft))) {
      const media = matchAttachments(await attachedTo(ctx, post.id), attachments)
      await recordEdit(ctx, post, { ...content, media, poll, editedAt: momentOf(draft) })
    } else {
      const current = await pollOfPost(ctx, post.id)
      if (!changesPoll(current, poll) && (await editPoll(ctx, post.id, current, poll)))
        await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [post.id])
    }
    if (!isOlder(post, draft)) {
      await reviseQuote(ctx, post, draft.quote)
      if (draft.quotePolicy) await revisePolicy(ctx, post.id, draft.quotePolicy)
      if (draft.interactionPolicy !== undefined) await reviseRules(ctx, post.id, draft.interactionPolicy)
    }
    return post
  })
}

/** Without a time of its own an edit counts as made now; whether anything differs is asked later. */
const isNewer = (post: Post, { updatedAt }: RemotePost): boolean =>
  !updatedAt || updatedAt > (post.editedAt ?? post.publishedAt)

/** Who may quote it changes without an edit too. What says nothing about it takes nothing back: it may be a part only. */
const revisePolicy = (ctx: TxCtx, postId: Id, { automatic, manual }: QuotePolicy) =>
  rows(
    ctx,
    `UPDATE posts SET quote_automatic = $2, quote_manual = $3, version = version + 1
     WHERE id = $1 AND (quote_automatic, quote_manual) IS DISTINCT FROM ($2::text[], $3::text[])`,
    [postId, automatic, manual],
  )

/** Nor is who may answer, like and boost it. */
const reviseRules = (ctx: TxCtx, postId: Id, policy: InteractionPolicy | null) =>
  rows(
    ctx,
    `UPDATE posts SET interaction_policy = $2::jsonb, version = version + 1
     WHERE id = $1 AND interaction_policy IS DISTINCT FROM $2::jsonb`,
    [postId, policy && JSON.stringify(policy)],
  )

const isOlder = (post: Post, { updatedAt }: RemotePost): boolean =>
  updatedAt !== null && updatedAt !== undefined && updatedAt.getTime() < momentKnown(post)

const momentKnown = (post: Post): number => (post.editedAt ?? post.publishedAt).getTime()

/** Does it bear the very time of what is stored, or none? Then only its origin can tell which is the later one. */
export const isTie = (post: Post, { updatedAt }: Pick<RemotePost, 'updatedAt'>): boolean =>
  !updatedAt || updatedAt.getTime() === momentKnown(post)
