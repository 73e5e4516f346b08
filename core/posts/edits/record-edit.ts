import type { TxCtx } from '../../ctx.ts'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { attachedTo, changesMedia, editMedia, type MediumEdit } from './edit-media.ts'
import { changesPoll, editPoll, pollOfPost } from './edit-poll.ts'
import type { PollDraft, PostDraft } from '../post-draft.ts'
import type { Post } from '../post.model.ts'
import { mediumCard } from '../post.queries.ts'
import { recordHashtags } from '../record-hashtags.ts'
import { recordMentions } from '../record-mentions.ts'

/** A post as it should be after an edit that was checked. */
export type EditDraft = Required<
  Pick<PostDraft, 'html' | 'spoilerText' | 'isSensitive' | 'language' | 'emojis' | 'mentions' | 'hashtags'>
> & { text?: string; textType?: string | null; media: MediumEdit[]; poll: PollDraft | null; editedAt: Date }

/**
 * Writes an edit of a post whose row the caller holds: keeps how it was as a revision, changes what differs, states the
 * fact (STAT-16). When nothing differs, nothing happens (STAT-15); the end and the counts of a poll may change without
 * making an edit. Throws Invalid when an upload cannot be had.
 */
export async function recordEdit(ctx: TxCtx, post: Post, draft: EditDraft): Promise<void> {
  const [media, poll] = [await attachedTo(ctx, post.id), await pollOfPost(ctx, post.id)]
  const isNewMedia = changesMedia(media, draft.media)
  if (!changesContent(post, draft) && !isNewMedia && !changesPoll(poll, draft.poll)) {
    if (await editPoll(ctx, post.id, poll, draft.poll))
      await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [post.id])
    return
  }
  await keepRevision(ctx, post.id)
  await writeContent(ctx, post, draft)
  await replaceMentions(ctx, post, draft)
  await rows(ctx, 'DELETE FROM post_hashtags WHERE post_id = $1', [post.id])
  await recordHashtags(ctx, post, draft.hashtags)
  if (isNewMedia) await editMedia(ctx, post, draft.media)
  await editPoll(ctx, post.id, poll, draft.poll)
  await emit(ctx, 'post.edited', { postId: post.id, authorId: post.authorId })
}

/** Does the text, its warning or its language differ? */
export const changesContent = (post: Post, draft: EditDraft): boolean =>
  post.html !== draft.html ||
  // What another server says of that is nothing that anybody reads.
  (post.isLocal && post.text !== (draft.text ?? '')) ||
  post.spoilerText !== draft.spoilerText ||
  post.isSensitive !== draft.isSensitive ||
  post.language !== draft.language

const keepRevision = (ctx: TxCtx, postId: Id) =>
  rows(
    ctx,
    `INSERT INTO post_edits (post_id, text, html, spoiler_text, is_sensitive, emojis, media, poll_options, created_at)
     SELECT p.id, p.text, p.html, p.spoiler_text, p.is_sensitive, p.emojis,
       coalesce((SELECT jsonb_agg(${mediumCard} ORDER BY m.position, m.id)
         FROM media AS m WHERE m.post_id = p.id), '[]'),
       (SELECT to_jsonb(q.options) FROM polls AS q WHERE q.post_id = p.id),
       coalesce(p.edited_at, p.published_at)
     FROM posts AS p WHERE p.id = $1`,
    [postId],
  )

const writeContent = (ctx: TxCtx, post: Post, draft: EditDraft) =>
  rows(
    ctx,
    `UPDATE posts SET text = $2, html = $3, spoiler_text = $4, is_sensitive = $5, language = $6, emojis = $7,
       has_media = $8, edited_at = $9, text_type = $10, version = version + 1 WHERE id = $1`,
    [
      post.id,
      draft.text ?? '',
      draft.html,
      draft.spoilerText,
      draft.isSensitive,
      draft.language,
      JSON.stringify(draft.emojis),
      draft.media.length > 0,
      draft.editedAt,
      draft.textType ?? null,
    ],
  )

/** Whoever was named and is not any more has seen the post and still may. */
async function replaceMentions(
  ctx: TxCtx,
  { id: postId, visibility }: Post,
  { mentions }: EditDraft,
): Promise<void> {
  if (visibility === 'direct' && (await renameWaiting(ctx, postId, mentions))) return
  await rows(
    ctx,
    'UPDATE mentions SET is_silent = true WHERE post_id = $1 AND NOT account_id = ANY ($2::bigint[])',
    [postId, mentions.map(({ accountId }) => accountId)],
  )
  await recordMentions(ctx, postId, mentions)
}

/** Whom a reply names that waits for the yes of an author is not to know of it yet; gives whether it is one. */
const renameWaiting = async (ctx: TxCtx, postId: Id, mentions: EditDraft['mentions']): Promise<boolean> =>
  (await row(
    ctx,
    `UPDATE interaction_requests SET mentions = $2::jsonb WHERE id = $1 AND state <> 'accepted' RETURNING id`,
    [postId, JSON.stringify(mentions)],
  )) !== undefined
