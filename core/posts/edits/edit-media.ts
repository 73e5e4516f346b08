import type { TxCtx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { claimMedia } from '../../media/claim-media.ts'
import type { Medium } from '../../media/medium.model.ts'
import type { RemoteAttachment } from '../post-draft.ts'
import type { Post } from '../post.model.ts'
import { recordAttachments } from '../record-media.ts'

type Focus = { x: number; y: number }

/**
 * One attachment as it should be after an edit: one that the post has or an upload of the author, by id, or a new one of
 * another server. What is undefined stays as it is.
 */
export type MediumEdit = {
  id?: Id
  attachment?: RemoteAttachment
  description?: string | null | undefined
  focus?: Focus | null | undefined
}

/** The columns of an attachment that count in an edit. */
export type Attached = Pick<Medium, 'id' | 'remoteUrl' | 'description' | 'focusX' | 'focusY'>

/** The attachments of a post in their order. */
export const attachedTo = (ctx: TxCtx, postId: Id): Promise<Attached[]> =>
  rows<Attached>(
    ctx,
    `SELECT id, remote_url AS "remoteUrl", description, focus_x AS "focusX", focus_y AS "focusY"
     FROM media WHERE post_id = $1 ORDER BY position, id`,
    [postId],
  )

/** The attachments that another server names, those that are here already under their ids. */
export const matchAttachments = (
  current: readonly Attached[],
  attachments: readonly RemoteAttachment[],
): MediumEdit[] =>
  attachments.map((attachment) => {
    const known = current.find(({ remoteUrl }) => remoteUrl === attachment.url)
    const { description = null, focus = null } = attachment
    return known ? { id: known.id, description, focus } : { attachment }
  })

/** Would these edits change anything? */
export const changesMedia = (current: readonly Attached[], wanted: readonly MediumEdit[]): boolean =>
  current.length !== wanted.length ||
  wanted.some((edit, at) => current[at]?.id !== edit.id || isChanged(current[at], edit))

const isChanged = (medium: Attached | undefined, { description, focus }: MediumEdit): boolean =>
  (description !== undefined && (medium?.description ?? '') !== (description ?? '')) ||
  (focus !== undefined &&
    (!isNear(medium?.focusX ?? 0, focus?.x ?? 0) || !isNear(medium?.focusY ?? 0, focus?.y ?? 0)))

// Kept in single precision.
const isNear = (a: number, b: number): boolean => Math.abs(a - b) < 1e-5

/**
 * Makes the attachments of a post what the edits say. Uploads that are taken out can go into another post for a day.
 * Throws Invalid when an upload cannot be had (POST-13).
 */
export async function editMedia(
  ctx: TxCtx,
  post: Pick<Post, 'id' | 'authorId'>,
  wanted: readonly MediumEdit[],
): Promise<void> {
  const kept = wanted.flatMap(({ id }) => id ?? [])
  await rows(ctx, 'UPDATE media SET post_id = NULL WHERE post_id = $1 AND NOT id = ANY ($2::bigint[])', [
    post.id,
    kept,
  ])
  await claimMedia(ctx, post, kept)
  const isMixed = kept.length < wanted.length
  if (isMixed) {
    const placed = wanted.map((edit, position) => ({ ...edit, position }))
    await rows(
      ctx,
      'UPDATE media SET position = w.position FROM unnest($1::bigint[], $2::smallint[]) AS w (id, position) WHERE media.id = w.id',
      [kept, placed.filter(({ id }) => id).map(({ position }) => position)],
    )
    const added = placed.flatMap(({ attachment, position }) =>
      attachment ? [{ ...attachment, position }] : [],
    )
    await recordAttachments(ctx, post, added)
  }
  for (const { id, description, focus } of wanted) {
    if (id && description !== undefined)
      await rows(ctx, 'UPDATE media SET description = $2 WHERE id = $1', [id, description])
    if (id && focus !== undefined)
      await rows(ctx, 'UPDATE media SET focus_x = $2, focus_y = $3 WHERE id = $1', [id, focus?.x, focus?.y])
  }
}
