import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { inJobFolder } from '#platform/job-folder'
import { sniffMediaType } from '#platform/media-type'
import { Medium, type MediumPurpose } from './medium.model.ts'
import { frames } from './medium.policy.ts'
import { renderMedium } from './render-medium.ts'
import type { UploadedFile } from './uploaded-file.ts'

export type NewPicture = {
  ownerId: Id
  purpose: Exclude<MediumPurpose, 'attachment' | 'preview'>
  file: UploadedFile
  description?: string | null | undefined
}

/**
 * Takes an avatar, a header or an emoji: cropped, and with a still form when it moves (ACCT-05, ACCT-07). It is nobody's
 * until the caller names it in a row of its own, and goes after a day when nobody does. Throws Invalid when it is no
 * picture, or larger than its purpose allows.
 */
export async function uploadPicture(ctx: Ctx, picture: NewPicture): Promise<Medium> {
  const { ownerId, purpose, file, description = null } = picture
  const name = purpose === 'emoji' ? 'Image' : purpose === 'avatar' ? 'Avatar' : 'Header'
  const type = await sniffMediaType(file.path)
  if (type?.kind !== 'image') throw new Invalid(`Validation failed: ${name} content type is invalid`)
  if (file.bytes > frames[purpose].bytes)
    throw new Invalid(`Validation failed: ${name} must be less than ${sizeOf(frames[purpose].bytes)}`)
  const { id } = (await row<{ id: Id }>(ctx, 'SELECT kith_id() AS id'))!
  const draft = { id, ownerId, purpose, description }
  const made = await inJobFolder(async (folder) => {
    await copyFile(file.path, join(folder, 'input'))
    return renderMedium({ ...draft, remoteUrl: null }, folder, 'input', type)
  })
  return Medium.create({ ...draft, ...made, state: 'ready' }, { transaction: ctx.tx ?? null })
}

const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.floor(bytes / 1024)} KB` : `${Math.floor(bytes / 1_048_576)} MB`
