import type { Ctx } from '../ctx.ts'
import { accountIdOf } from '../actor.ts'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Medium } from './medium.model.ts'
import { isLoose } from './medium.policy.ts'

/**
 * Finds an upload of the acting member that belongs to no post yet. Throws NotFound for one that is unknown, somebody
 * else's or attached (MEDIA-02, MEDIA-06).
 */
export async function findUpload(ctx: Ctx, mediumId: Id): Promise<Medium> {
  const medium = await Medium.findByPk(mediumId, { transaction: ctx.tx ?? null })
  if (!medium || medium.ownerId !== accountIdOf(ctx.actor) || !isLoose(medium, now())) throw new NotFound()
  return medium
}
