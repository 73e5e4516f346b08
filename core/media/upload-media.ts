import type { Ctx } from '../ctx.ts'
import { accountIdOf } from '../actor.ts'
import { row } from '#platform/db'
import { Forbidden, Invalid } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { sniffMediaType } from '#platform/media-type'
import { openStore } from '#platform/storage'
import { newKey } from '#platform/storage-keys'
import { transact } from '#platform/transact'
import { editMedium } from './edit-medium.ts'
import { Medium } from './medium.model.ts'
import { assertSize, descriptionOf, focusOf } from './medium.policy.ts'
import { processMedium } from './process-medium.ts'
import type { UploadedFile } from './uploaded-file.ts'

export type NewUpload = {
  file: UploadedFile
  /** The picture that stands for a video or sound. */
  thumbnail?: UploadedFile | undefined
  description?: string | null | undefined
  focus?: string | null | undefined
  /** Wait until video and sound are processed too (MEDIA-03). */
  waits?: boolean
}

/**
 * Takes a file of the acting member. A picture comes back ready; video and sound wait for a worker, unless `waits`
 * (MEDIA-01). What the client says the file is counts for nothing. Throws Invalid when the file is of no kind that is
 * taken, too large or unreadable (MEDIA-08), Unavailable when there is no room.
 */
export async function uploadMedia(ctx: Ctx, upload: NewUpload): Promise<Medium> {
  const ownerId = accountIdOf(ctx.actor)
  if (!ownerId) throw new Forbidden()
  const [description, focus] = [descriptionOf(upload.description), focusOf(upload.focus)]
  const type = await sniffMediaType(upload.file.path)
  if (!type) throw new Invalid('Validation failed: File content type is invalid')
  assertSize(type, upload.file.bytes)
  const isAwaited = type.kind === 'image' || upload.waits === true
  const id = await newId(ctx)
  const uploadKey = newKey('uploads', id, type.extension)
  const store = await openStore()
  await store.assertRoom()
  await store.put(uploadKey, upload.file.path, type.mimeType)
  const place = { focusX: focus?.x ?? null, focusY: focus?.y ?? null }
  const draft = { id, ownerId, description, ...place, uploadKey, mimeType: type.mimeType, kind: type.kind }
  await transact(ctx, async (ctx) => {
    await Medium.create(draft, { transaction: ctx.tx })
    if (!isAwaited) await emit(ctx, 'medium.uploaded', { mediumId: id })
  })
  if (upload.thumbnail) await editMedium(ctx, await found(ctx, id), { thumbnail: upload.thumbnail })
  return isAwaited ? processed(ctx, id) : found(ctx, id)
}

const newId = async (ctx: Ctx): Promise<Id> => (await row<{ id: Id }>(ctx, 'SELECT kith_id() AS id'))!.id

const found = (ctx: Ctx, id: Id) => Medium.findByPk(id, { transaction: ctx.tx ?? null, rejectOnEmpty: true })

/** What fails while the client waits leaves nothing behind but the answer. */
async function processed(ctx: Ctx, id: Id): Promise<Medium> {
  await processMedium(ctx, { mediumId: id })
  const medium = await found(ctx, id)
  if (medium.state !== 'failed') return medium
  await medium.destroy({ transaction: ctx.tx ?? null })
  throw new Invalid(`Validation failed: File ${medium.failure ?? 'cannot be processed'}`)
}
