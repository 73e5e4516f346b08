import type { Ctx } from '../ctx.ts'
import { inSeconds, now } from '#platform/clock'
import { Invalid, NotFound } from '#platform/errors'
import { FetchFailed } from '#platform/http-errors'
import type { Id } from '#platform/ids'
import { inJobFolder } from '#platform/job-folder'
import { sniffMediaType } from '#platform/media-type'
import { fetchFile } from './fetch-file.ts'
import { endLease, leaseMedium } from './lease-medium.ts'
import { Medium } from './medium.model.ts'
import { mirrorMedium } from './mirror-medium.ts'
import { type Rendered, renderThumbnail } from './render-medium.ts'

const PAUSE = 600

/**
 * Fetches the preview of a medium that lies elsewhere: the one its server names, without the video behind it, else the
 * whole. Throws as `mirrorMedium`.
 */
export async function mirrorPreview(ctx: Ctx, mediumId: Id): Promise<Medium> {
  const found = await Medium.findByPk(mediumId)
  if (!found?.remotePreviewUrl || found.kind === 'image') return mirrorMedium(ctx, mediumId)
  const medium = await leaseMedium(ctx, mediumId, ['remote'])
  if (!medium) throw new NotFound()
  try {
    const { previewKey, blurhash, meta } = await rendered(ctx, medium, found.remotePreviewUrl)
    const shown = { previewKey, blurhash: medium.blurhash ?? blurhash, meta: { ...meta, ...medium.meta } }
    await endLease(ctx, medium, { ...shown, state: 'remote', leasedUntil: null, viewedAt: now() })
    return await medium.reload()
  } catch (error) {
    const isTheirs = error instanceof Invalid || error instanceof FetchFailed
    await endLease(ctx, medium, { state: 'remote', leasedUntil: isTheirs ? inSeconds(PAUSE) : null })
    if (isTheirs) throw new NotFound(undefined, { cause: error })
    throw error
  }
}

const rendered = (ctx: Ctx, medium: Medium, url: string): Promise<Rendered> =>
  inJobFolder(async (folder) => {
    await fetchFile(ctx, { ownerId: medium.ownerId, purpose: 'avatar' }, url, `${folder}/input`)
    const type = await sniffMediaType(`${folder}/input`)
    if (type?.kind !== 'image') throw new Invalid('The preview is no picture.')
    return renderThumbnail(medium, folder, 'input')
  })
