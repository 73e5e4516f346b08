import type { Ctx } from '../ctx.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { inSeconds, now } from '#platform/clock'
import { Invalid, NotFound, Unavailable } from '#platform/errors'
import { FetchFailed } from '#platform/http-errors'
import type { Id } from '#platform/ids'
import { inJobFolder } from '#platform/job-folder'
import { sniffMediaType } from '#platform/media-type'
import { transact } from '#platform/transact'
import { discardFiles } from './discard-media.ts'
import { fetchFile } from './fetch-file.ts'
import { endLease, keepLease, leaseMedium } from './lease-medium.ts'
import { Medium } from './medium.model.ts'
import { type Rendered, renderMedium } from './render-medium.ts'

/** How long nobody asks again after a failure, in seconds. */
const PAUSE = 600
/** How long one who came second waits for the first, in steps of milliseconds. */
const STEPS = Array<number>(80).fill(250)

/**
 * Fetches a medium that lies elsewhere, because somebody looks at it: through the guarded client, told by its bytes,
 * made anew like an upload (federation rules 109, 110). Once for all who ask at the same time. Throws NotFound when it
 * cannot be had for good, was refused, or was asked for in vain a moment ago; Unavailable when it takes too long.
 */
export async function mirrorMedium(ctx: Ctx, mediumId: Id): Promise<Medium> {
  const medium = await leaseMedium(ctx, mediumId, ['remote'])
  if (!medium) return waited(mediumId)
  try {
    await settle(ctx, medium, await keepLease(medium, () => rendered(ctx, medium)))
  } catch (error) {
    await endLease(ctx, medium, verdictOn(error))
    if (error instanceof Invalid || error instanceof FetchFailed)
      throw new NotFound(undefined, { cause: error })
    throw error
  }
  return Medium.findByPk(mediumId, { rejectOnEmpty: true })
}

const rendered = (ctx: Ctx, medium: Medium): Promise<Rendered> =>
  inJobFolder(async (folder) => {
    await fetchFile(ctx, medium, medium.remoteUrl ?? '', `${folder}/input`)
    const type = await sniffMediaType(`${folder}/input`)
    if (!type) throw new Invalid('The file is of no kind that is taken.')
    return renderMedium(medium, folder, 'input', type)
  })

async function settle(ctx: Ctx, medium: Medium, made: Rendered): Promise<void> {
  const shown = { ...made, meta: { ...medium.meta, ...made.meta } }
  const isOurs = await endLease(ctx, medium, { ...shown, state: 'ready', leasedUntil: null, viewedAt: now() })
  const spare = isOurs ? [medium.previewKey] : [made.fileKey, made.previewKey, made.staticKey]
  await transact(ctx, (ctx) => discardFiles(ctx, spare))
}

function verdictOn(error: unknown): Parameters<typeof endLease>[2] {
  if (error instanceof Invalid)
    return { state: 'failed', kind: 'unknown', failure: error.message, leasedUntil: null }
  if (!(error instanceof FetchFailed)) return { state: 'remote', leasedUntil: null }
  const isFinal = error.problem === 'too-large' || error.status === 404 || error.status === 410
  if (isFinal) return { state: 'failed', failure: 'It cannot be had any more.', leasedUntil: null }
  return { state: 'remote', leasedUntil: inSeconds(PAUSE) }
}

async function waited(mediumId: Id): Promise<Medium> {
  for (const step of [0, ...STEPS]) {
    await sleep(step)
    const medium = await Medium.findByPk(mediumId)
    if (medium?.state === 'ready') return medium
    if (medium?.state !== 'processing') throw new NotFound()
  }
  throw new Unavailable('This file is still being fetched')
}
