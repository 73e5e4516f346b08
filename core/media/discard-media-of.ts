import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { discardMedia } from './discard-media.ts'

/** Removes everything that an account uploaded or showed, also what its posts show. Harmless to repeat. */
export const discardMediaOf = (ctx: Ctx, ownerId: Id): Promise<void> =>
  transact(ctx, async (ctx) => {
    const owned = await rows<{ id: Id }>(
      ctx,
      'UPDATE media SET post_id = NULL WHERE owner_id = $1 RETURNING id',
      [ownerId],
    )
    await discardMedia(
      ctx,
      owned.map(({ id }) => id),
    )
  })
