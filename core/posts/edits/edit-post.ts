import type { Ctx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { descriptionOf, focusOf } from '../../media/medium.policy.ts'
import type { UploadedFile } from '../../media/uploaded-file.ts'
import { checkPoll, type NewPoll } from '../check-poll.ts'
import { composeContent } from '../compose-content.ts'
import type { MediumEdit } from './edit-media.ts'
import { findOwnPost, holdOwnPost } from '../find-own-post.ts'
import { pickLanguage } from '../pick-language.ts'
import { readMediaIds } from '../read-media-ids.ts'
import { changePolicy } from '../interactions/change-policy.ts'
import type { AskedPolicy } from '../interactions/choose-policy.ts'
import { quotedUrl } from '../quoted-url.ts'
import { changeQuotePolicy } from '../quotes/change-quote-policy.ts'
import { editPreviews } from './edit-previews.ts'
import { recordEdit } from './record-edit.ts'

/** A new description, focus (as `x,y`) and preview of an attachment (STAT-13). */
export type MediumWords = {
  id: string
  description?: string | undefined
  focus?: string | undefined
  thumbnail?: UploadedFile | undefined
}

/** How a post should be; what is absent goes, but for the language and who may do what with it (STAT-12). */
export type PostEditDraft = {
  postId: Id
  text?: string | undefined
  spoilerText?: string | undefined
  isSensitive?: boolean | undefined
  language?: string | undefined
  mediaIds?: string[] | undefined
  mediaWords?: MediumWords[] | undefined
  poll?: NewPoll | undefined
  quotePolicy?: string | undefined
  interactionPolicy?: AskedPolicy | undefined
}

/**
 * Changes a post of the actor (STAT-11 to STAT-16). Visibility and what it answers stay. Throws NotFound when it is not
 * theirs, Invalid when it breaks a rule.
 */
export async function editPost(ctx: Ctx, draft: PostEditDraft): Promise<void> {
  const words = wordsById(draft.mediaWords ?? [])
  const before = await findOwnPost(ctx, draft.postId)
  if (before.boostOfId) throw new NotFound()
  const { id: postId, authorId } = before
  const mediaIds = readMediaIds(draft.mediaIds)
  const poll = draft.poll ? checkPoll(draft.poll) : null
  const content = await composeContent(ctx, authorId, {
    text: draft.text ?? '',
    spoilerText: draft.spoilerText ?? '',
    pollOptions: poll?.options ?? [],
    hasMedia: mediaIds.length > 0,
    quoteUrl: await quotedUrl(ctx, postId),
  })
  await editPreviews(ctx, postId, draft.mediaWords ?? [])
  await transact(ctx, async (ctx) => {
    const post = await holdOwnPost(ctx, postId)
    if (draft.quotePolicy !== undefined) await changeQuotePolicy(ctx, { postId, policy: draft.quotePolicy })
    if (draft.interactionPolicy) await changePolicy(ctx, { postId, policy: draft.interactionPolicy })
    await recordEdit(ctx, post, {
      ...content,
      isSensitive: (draft.spoilerText ?? '').trim() !== '' || (draft.isSensitive ?? false),
      language: pickLanguage(draft.language, post.language),
      media: mediaIds.map((id) => words.get(id) ?? { id }),
      poll,
      editedAt: now(),
    })
  })
}

const wordsById = (words: readonly MediumWords[]): Map<string, MediumEdit> =>
  new Map(
    words.map(({ id, description, focus }) => [
      id,
      {
        id,
        description: description === undefined ? undefined : descriptionOf(description),
        focus: focusOf(focus),
      },
    ]),
  )
