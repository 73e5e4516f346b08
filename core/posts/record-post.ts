import { buried, isBuried } from '../accounts/bury-uri.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { claimMedia } from '../media/claim-media.ts'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { Conflict, Forbidden, Gone, NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { countPost } from './count-post.ts'
import { findParent, type Parent, repliedTo } from './find-parent.ts'
import { holdInteraction } from './interactions/hold-interaction.ts'
import { isWaiting } from './interactions/is-waiting.ts'
import { vouchFor } from './interactions/vouch-for.ts'
import { linkQuotes } from './link-quotes.ts'
import { linkReplies } from './link-replies.ts'
import type { Consent, PostDraft } from './post-draft.ts'
import type { Post } from './post.model.ts'
import { postOf } from './post-row.ts'
import { recordHashtags } from './record-hashtags.ts'
import { recordAttachments } from './record-media.ts'
import { recordMentions } from './record-mentions.ts'
import { recordPoll } from './record-poll.ts'
import { recordQuote } from './record-quote.ts'
import { sharePost } from './share-post.ts'

/**
 * Writes a post or boost with all that belongs to it, its counters and the fact, in one transaction: the only place that
 * does. What is there already (the same ActivityPub id, the same boost by the same account) is given as it is and
 * nothing changes. Throws Gone when it was deleted before it came, NotFound when what it answers
 * or boosts is gone, Forbidden when what another server answers waits itself, Invalid when a medium cannot be had.
 */
export const recordPost = (ctx: Ctx, draft: PostDraft): Promise<Post> =>
  transact(ctx, async (ctx) => {
    const { consent } = draft
    const isHeld = consent?.isGiven === false
    // Who deletes or answers the same post at this moment waits until it is stored, or has made sure it will not be.
    if (draft.uri) await lockKeys(ctx, [draft.uri], draft.replyToUri ? [draft.replyToUri] : [])
    const parent = await findParent(ctx, draft)
    if (draft.uri && parent?.visibility === 'direct' && (await isWaiting(ctx, parent.id)))
      throw new Forbidden()
    if (draft.boostOfId && !(await sharePost(ctx, draft.boostOfId))) throw new NotFound()
    const kept = isHeld ? waiting(draft) : draft
    const { post, isAwaited } = (await insert(ctx, kept, parent)) ?? {}
    if (!post) return existing(ctx, draft)
    await recordParts(ctx, post, kept)
    if (isAwaited && !isHeld) {
      await linkReplies(ctx, post)
      await linkQuotes(ctx, post)
    }
    const { id: postId, authorId, boostOfId } = post
    if (consent) await recordConsent(ctx, postId, draft, consent)
    if (isHeld) return post
    const news = { postId, authorId, ...(draft.isQuiet ? { isQuiet: true } : {}) }
    if (boostOfId) await emit(ctx, 'post.boosted', { ...news, boostOfId })
    else await emit(ctx, 'post.created', news)
    await countPost(ctx, post)
    return post
  })

/** What waits for a yes is a post that nobody sees but its author; whom it names and quotes would hear of it. */
function waiting(draft: PostDraft): PostDraft {
  const { quote: _, ...kept } = draft
  return { ...kept, visibility: 'direct', mentions: [] }
}

async function recordConsent(ctx: TxCtx, id: Id, draft: PostDraft, consent: Consent): Promise<void> {
  const { isGiven, target, requestUri = null } = consent
  const { authorId: accountId, visibility, mentions = [], uri = null } = draft
  const wanted = { kind: 'reply', id, accountId, target, uri, requestUri } as const
  if (isGiven) await vouchFor(ctx, wanted)
  else await holdInteraction(ctx, { ...wanted, visibility, mentions })
}

const insertion = `
  WITH new AS MATERIALIZED (SELECT coalesce($26::bigint, kith_id($1)) AS id)
  INSERT INTO posts (id, author_id, uri, url, boost_of_id, reply_to_id, reply_to_account_id, reply_to_uri, thread_id,
    conversation_uri, visibility, text, html, spoiler_text, is_sensitive, language, emojis, app_id, has_media,
    published_at, received_at, edited_at, quote_automatic, quote_manual, interaction_policy, text_type)
  SELECT id, $2::bigint, $3::text, $4::text, $5::bigint, $6::bigint, $7::bigint, $8, coalesce($9::bigint, id),
    $10, $11, $12, $13, $14, $15::boolean, $16, $17::jsonb, $18::bigint, $19::boolean,
    $20::timestamptz, $21::timestamptz, $22::timestamptz, $23::text[], $24::text[], $25::jsonb, $27::text
  FROM new WHERE $3::text IS NULL OR NOT ${buried('$3::text', '$2::bigint')}
  ON CONFLICT DO NOTHING RETURNING *,
    $3::text IS NOT NULL AND (EXISTS (SELECT FROM posts AS r WHERE r.reply_to_uri = $3::text)
      OR EXISTS (SELECT FROM quotes AS q WHERE q.quoted_id IS NULL AND q.quoted_uri IN ($3::text, $4::text))) AS is_awaited`

/**
 * Gives the post, and whether replies or quotes wait for it; undefined when there is such a post already, or it was
 * deleted before it came.
 */
async function insert(
  ctx: TxCtx,
  draft: PostDraft,
  parent?: Parent,
): Promise<{ post: Post; isAwaited: boolean } | undefined> {
  const publishedAt = draft.publishedAt ?? now()
  const written = await row<{ is_awaited: boolean }>(ctx, insertion, [
    draft.sortedAt ?? publishedAt,
    draft.authorId,
    draft.uri ?? null,
    draft.url ?? null,
    draft.boostOfId ?? null,
    parent?.id ?? null,
    parent ? repliedTo(parent, draft.authorId) : null,
    parent ? null : (draft.replyToUri ?? null),
    parent?.threadId ?? null,
    draft.conversationUri ?? null,
    draft.visibility,
    draft.text ?? '',
    draft.html ?? '',
    draft.spoilerText ?? '',
    draft.isSensitive ?? false,
    draft.language ?? null,
    JSON.stringify(draft.emojis ?? []),
    draft.appId ?? null,
    (draft.mediaIds?.length ?? 0) + (draft.attachments?.length ?? 0) > 0,
    publishedAt,
    now(),
    draft.editedAt ?? null,
    draft.quotePolicy?.automatic ?? null,
    draft.quotePolicy?.manual ?? null,
    draft.interactionPolicy ? JSON.stringify(draft.interactionPolicy) : null,
    draft.id ?? null,
    draft.textType ?? null,
  ])
  return written && { post: postOf(written), isAwaited: written.is_awaited }
}

async function existing(ctx: TxCtx, { uri, authorId, boostOfId }: PostDraft): Promise<Post> {
  if (uri && (await isBuried(ctx, uri, authorId))) throw new Gone()
  const found = await row<{ author_id: string }>(
    ctx,
    'SELECT * FROM posts WHERE uri = $1 OR (author_id = $2 AND boost_of_id = $3) ORDER BY uri = $1 DESC NULLS LAST',
    [uri ?? null, authorId, boostOfId ?? null],
  )
  // Nothing but an id that was made twice is left, or one that belongs to somebody else (federation rule 82).
  if (!found || found.author_id !== authorId) throw new Conflict('There is another post of this id')
  return postOf(found)
}

async function recordParts(ctx: TxCtx, post: Post, draft: PostDraft): Promise<void> {
  await recordMentions(ctx, post.id, draft.mentions ?? [])
  await recordHashtags(ctx, post, draft.hashtags ?? [])
  await claimMedia(ctx, post, draft.mediaIds ?? [])
  await recordAttachments(ctx, post, draft.attachments ?? [])
  if (draft.poll) await recordPoll(ctx, post.id, draft.poll)
  if (draft.quote) await recordQuote(ctx, post, draft.quote)
}
