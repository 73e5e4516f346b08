import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { fileUrl, type Form } from './medium-addresses.ts'
import { Medium } from './medium.model.ts'
import { mirrorMedium } from './mirror-medium.ts'
import { mirrorPreview } from './mirror-preview.ts'

/**
 * Gives the address of our copy of a medium that lies elsewhere, or of its preview, and fetches it when this is the first
 * look; `mayFetch` is asked before and may throw. Throws NotFound when there is none to be had.
 */
export async function lookAtMedium(
  ctx: Ctx,
  { mediumId, form }: { mediumId: Id; form: Form },
  mayFetch: () => Promise<void>,
): Promise<string> {
  const kept = await Medium.findByPk(mediumId)
  if (!kept) throw new NotFound()
  const key = keyOf(kept, form)
  if (key) return fileUrl(key)
  await mayFetch()
  const fetched = await (form === 'small' ? mirrorPreview(ctx, mediumId) : mirrorMedium(ctx, mediumId))
  const found = keyOf(fetched, form)
  if (!found) throw new NotFound()
  return fileUrl(found)
}

/** The still form of an avatar or emoji is its small one. */
const keyOf = (medium: Medium, form: Form): string | null =>
  form === 'original'
    ? medium.fileKey
    : (medium.previewKey ?? medium.staticKey ?? (medium.purpose === 'attachment' ? null : medium.fileKey))
