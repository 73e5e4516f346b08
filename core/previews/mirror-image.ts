import { instanceActor } from '../accounts/instance-actor.ts'
import type { Ctx } from '../ctx.ts'
import { Medium } from '../media/medium.model.ts'
import { mirrorMedium } from '../media/mirror-medium.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

/**
 * Keeps a copy of the picture of a page, small and made anew, and gives its medium: the one that is there already when it
 * is the same, null when there is none to be had. Throws Unavailable when the store is away.
 */
export async function mirrorImage(ctx: Ctx, knownId: Id | null, url: string | null): Promise<Id | null> {
  if (!url) return null
  const known = knownId ? await Medium.findByPk(knownId) : null
  if (known?.remoteUrl === url) return knownId
  const { id: ownerId } = await instanceActor(ctx)
  const draft = { ownerId, purpose: 'preview', kind: 'image', state: 'remote', remoteUrl: url } as const
  const { id } = await Medium.create(draft)
  try {
    await mirrorMedium(ctx, id)
    return id
  } catch (error) {
    // It goes with all that nothing shows.
    if (error instanceof NotFound) return null
    throw error
  }
}
