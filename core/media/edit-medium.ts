import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import { inJobFolder } from '#platform/job-folder'
import { sniffMediaType } from '#platform/media-type'
import { transact } from '#platform/transact'
import { discardFiles } from './discard-media.ts'
import { Medium } from './medium.model.ts'
import { assertSize, descriptionOf, focusOf } from './medium.policy.ts'
import { type Rendered, renderThumbnail } from './render-medium.ts'
import type { UploadedFile } from './uploaded-file.ts'

/** What is absent stays as it is; a blank description is none. */
export type MediumChanges = {
  description?: string | null | undefined
  focus?: string | null | undefined
  thumbnail?: UploadedFile | undefined
}

/**
 * Changes description, focus and preview of a medium; the caller has made sure that the actor may. A preview counts for
 * video and sound only (MEDIA-05). Throws Invalid when a value breaks a rule or the picture cannot be read.
 */
export async function editMedium(ctx: Ctx, medium: Medium, changes: MediumChanges): Promise<Medium> {
  const focus = focusOf(changes.focus)
  const description = changes.description === undefined ? undefined : descriptionOf(changes.description)
  const told = {
    ...(description !== undefined && { description }),
    ...(focus && { focusX: focus.x, focusY: focus.y }),
  }
  const isTimed = medium.kind !== 'image' && medium.kind !== 'unknown'
  const preview = changes.thumbnail && isTimed ? await thumbnailOf(medium, changes.thumbnail) : undefined
  return transact(ctx, async (ctx) => {
    const current = await Medium.findByPk(medium.id, {
      transaction: ctx.tx,
      lock: ctx.tx.LOCK.UPDATE,
      rejectOnEmpty: true,
    })
    if (preview) await discardFiles(ctx, [current.previewKey])
    const shown = preview && { ...preview, meta: { ...current.meta, ...preview.meta } }
    return current.update({ ...told, ...shown }, { transaction: ctx.tx })
  })
}

/** Not in the transaction: nobody waits for a picture with a connection in hand. */
const thumbnailOf = (medium: Medium, file: UploadedFile): Promise<Rendered> =>
  inJobFolder(async (folder) => {
    const type = await sniffMediaType(file.path)
    if (type?.kind !== 'image') throw new Invalid('Validation failed: Thumbnail content type is invalid')
    assertSize(type, file.bytes)
    await copyFile(file.path, join(folder, 'input'))
    return renderThumbnail(medium, folder, 'input')
  })
