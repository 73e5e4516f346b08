import type { Ctx } from '../../ctx.ts'
import { editMedium } from '../../media/edit-medium.ts'
import { Medium } from '../../media/medium.model.ts'
import type { UploadedFile } from '../../media/uploaded-file.ts'
import { rows } from '#platform/db'
import { isId, type Id } from '#platform/ids'

type Preview = { id: string; thumbnail?: UploadedFile | undefined }

/**
 * Gives attachments of a post new previews (STAT-13); what is not attached to it is left alone. This alone is no edit of
 * the post. Throws Invalid when a picture cannot be read.
 */
export async function editPreviews(ctx: Ctx, postId: Id, previews: readonly Preview[]): Promise<void> {
  const changed = previews.filter(({ id, thumbnail }) => thumbnail && isId(id))
  for (const { id, thumbnail } of changed) {
    const medium = await Medium.findOne({ where: { id, postId }, transaction: ctx.tx ?? null })
    if (medium) await editMedium(ctx, medium, { thumbnail })
  }
  if (changed.length > 0) await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [postId])
}
