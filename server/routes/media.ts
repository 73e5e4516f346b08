import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { deleteUpload } from '#core/media/delete-upload'
import { editMedium } from '#core/media/edit-medium'
import { findUpload } from '#core/media/find-upload'
import type { Medium } from '#core/media/medium.model'
import { uploadMedia } from '#core/media/upload-media'
import { Invalid } from '#platform/errors'
import { Answer } from '../answers.ts'
import { id, text } from '../input.ts'
import { type Call, type Handler, routes } from '../routes.ts'
import { mediumJson } from '../serializers/medium.ts'

const words = { description: text().nullable(), focus: text().nullable() }
const upload = z.looseObject(words)
const one = z.looseObject({ id: id() })
const change = z.looseObject({ id: id(), ...words })
const scopes = ['write:media']

async function take(
  ctx: Ctx,
  { description, focus }: z.output<typeof upload>,
  { files }: Call,
  waits: boolean,
) {
  const { file, thumbnail } = files
  if (!file) throw new Invalid("Validation failed: File can't be blank")
  return uploadMedia(ctx, { file, thumbnail, description, focus, waits })
}

/** 206 while it is being processed, 422 when that failed (MEDIA-02). */
function told(medium: Medium): Answer {
  if (medium.state === 'failed')
    throw new Invalid(medium.failure ?? 'Error processing thumbnail for uploaded media')
  return new Answer(medium.state === 'ready' ? 200 : 206, mediumJson(medium))
}

const edit: Handler<z.output<typeof change>> = async (ctx, { id: mediumId, description, focus }, { files }) =>
  told(
    await editMedium(ctx, await findUpload(ctx, mediumId), {
      description,
      focus,
      thumbnail: files.thumbnail,
    }),
  )

export default routes('/api', (r) => {
  const taking = {
    scopes,
    input: upload,
    files: ['file', 'thumbnail'],
    limit: 'uploads',
    answers: 'MediaAttachment',
  } as const
  r.post('/v2/media', taking, async (ctx, input, call) => {
    const medium = await take(ctx, input, call, false)
    return new Answer(medium.state === 'ready' ? 200 : 202, mediumJson(medium))
  })
  r.post('/v1/media', taking, async (ctx, input, call) => mediumJson(await take(ctx, input, call, true)))
  r.get('/v1/media/:id', { scopes, input: one, answers: 'MediaAttachment' }, async (ctx, { id: mediumId }) =>
    told(await findUpload(ctx, mediumId)),
  )
  r.put('/v1/media/:id', { scopes, input: change, files: ['thumbnail'], answers: 'MediaAttachment' }, edit)
  r.patch('/v1/media/:id', { scopes, input: change, files: ['thumbnail'], answers: 'MediaAttachment' }, edit)
  r.delete('/v1/media/:id', { scopes, input: one, answers: 'Empty' }, async (ctx, { id: mediumId }) => {
    await deleteUpload(ctx, mediumId)
    return {}
  })
})
