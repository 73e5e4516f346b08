import { join } from 'node:path'
import type { Ctx } from '../ctx.ts'
import { Invalid, Unavailable } from '#platform/errors'
import type { Facts } from '#platform/facts'
import { inJobFolder } from '#platform/job-folder'
import { sniffMediaType } from '#platform/media-type'
import { openStore } from '#platform/storage'
import { transact } from '#platform/transact'
import { discardFiles } from './discard-media.ts'
import { endLease, keepLease, leaseMedium } from './lease-medium.ts'
import { Medium } from './medium.model.ts'
import { type Rendered, renderMedium } from './render-medium.ts'

/** So many holders may die over one file before it is held to be the file's fault. */
const LEASES = 5

/**
 * Makes an upload ready, or failed with a reason. Harmless to repeat, and safe to kill at any point: whoever works on a
 * medium leases it, nothing counts before the one write at the end, and what a dead holder left in the store is
 * cleared away by `clear-orphans`. Does nothing when the medium is done or somebody else is at it. Throws
 * Unavailable when it may go better later.
 */
export async function processMedium(ctx: Ctx, { mediumId }: Facts['medium.uploaded']): Promise<void> {
  const medium = await leaseMedium(ctx, mediumId, ['waiting', 'processing'])
  if (!medium) return
  try {
    if (medium.lease > LEASES) throw new Invalid('This file could not be processed.')
    await settle(ctx, medium, await keepLease(medium, () => render(medium)))
  } catch (error) {
    if (!(error instanceof Invalid)) {
      await giveBack(ctx, medium, error)
      throw error
    }
    await finish(ctx, medium, { state: 'failed', failure: error.message })
  }
}

/** A store that is away is nobody's fault and no try; this holder is done, so the number of its lease is free again. */
const giveBack = ({ tx }: Ctx, medium: Medium, error: unknown): Promise<boolean> =>
  endLease({ tx }, medium, {
    state: 'waiting',
    leasedUntil: null,
    lease: error instanceof Unavailable ? medium.lease - 1 : medium.lease,
  })

const render = (medium: Medium): Promise<Rendered> =>
  inJobFolder(async (folder) => {
    if (!medium.uploadKey) throw new Invalid('The file is gone.')
    const path = join(folder, 'input')
    await (await openStore()).save(medium.uploadKey, path)
    const type = await sniffMediaType(path)
    if (!type) throw new Invalid('The file is of no kind that is taken.')
    return renderMedium(medium, folder, 'input', type)
  })

const settle = (ctx: Ctx, medium: Medium, made: Rendered): Promise<void> =>
  transact(ctx, async (ctx) => {
    const current = await Medium.findByPk(medium.id, { transaction: ctx.tx, lock: ctx.tx.LOCK.UPDATE })
    const { fileKey = null, previewKey = null } = made
    // A preview that the owner chose stays (MEDIA-05), also one that came while the file was being processed.
    const own = current?.previewKey
      ? {
          previewKey: current.previewKey,
          blurhash: current.blurhash,
          meta: { ...made.meta, ...small(current) },
        }
      : {}
    const isOurs = await finish(ctx, medium, { ...made, ...own, state: 'ready' })
    const spare = isOurs ? (current?.previewKey ? [previewKey] : []) : [fileKey, previewKey]
    await discardFiles(ctx, spare)
  })

const small = ({ meta }: Medium) => (meta.small ? { small: meta.small } : {})

type Changes = Parameters<typeof endLease>[2]

/** The one write that counts; the upload itself is not needed any more. */
const finish = (ctx: Ctx, medium: Medium, changes: Changes): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    const isOurs = await endLease(ctx, medium, { ...changes, uploadKey: null, leasedUntil: null })
    if (isOurs) await discardFiles(ctx, [medium.uploadKey])
    return isOurs
  })
