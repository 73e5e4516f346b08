import { Op } from 'sequelize'
import type { TxCtx } from '../ctx.ts'
import { now } from '#platform/clock'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Medium } from './medium.model.ts'
import { assertCombination } from './medium.policy.ts'

/** Who takes them: a member, and the post that may have some of them already. */
type Taker = { ownerId: Id; postId?: Id }

/**
 * Locks uploads that are to be shown together, and gives them in the order asked for. Two takers of the same one at
 * once: the second sees what the first did with it. Throws Invalid for one that is unknown, somebody else's, in use,
 * promised, not ready, or may not stand beside the others (POST-13). What the post has already it may keep as it is.
 */
export async function lockUploads(ctx: TxCtx, taker: Taker, mediaIds: readonly Id[]): Promise<Medium[]> {
  const wanted = [...new Set(mediaIds)]
  const found = await Medium.findAll({
    where: { id: { [Op.in]: wanted } },
    // Locked in the order of ids, so that two takers of the same media never wait for each other.
    order: [['id', 'ASC']],
    transaction: ctx.tx,
    lock: ctx.tx.LOCK.UPDATE,
  })
  for (const medium of found) assertFree(medium, taker)
  const byId = new Map(found.map((medium) => [medium.id, medium]))
  const media = wanted.flatMap((id) => byId.get(id) ?? [])
  if (media.length < wanted.length) throw unknown()
  const isNew = media.some((medium) => medium.postId === null)
  if (isNew) assertCombination(media.map(({ kind }) => kind))
  return media
}

const unknown = () => new Invalid('Validation failed: a media attachment is unknown or in use')

function assertFree(medium: Medium, { ownerId, postId }: Taker): void {
  if (medium.postId !== null && medium.postId === postId) return
  const isTheirs = medium.ownerId === ownerId && medium.purpose === 'attachment'
  const isPromised = medium.heldUntil !== null && medium.heldUntil > now()
  if (!isTheirs || medium.postId !== null || isPromised) throw unknown()
  if (medium.state !== 'ready')
    throw new Invalid('Cannot attach files that have not finished processing. Try again in a moment!')
}
