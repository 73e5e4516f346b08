import { buryUri } from '../accounts/bury-uri.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { erasePost } from './erase-post.ts'
import { withdrawWish } from './interactions/withdraw-wish.ts'

/** What an Undo of a boost says: its id, else (when it has none) what was boosted. */
export type BoostEnd = { actorId: Id; uri?: string | null; postId?: Id }

/**
 * Another server takes a boost back (federation rules 65, 115 and 130). One that was never here is remembered by its id,
 * so that it is not taken when it comes late; an older boost of the same post than the one stored changes nothing.
 */
export const withdrawBoost = (ctx: Ctx, { actorId, uri, postId }: BoostEnd): Promise<void> =>
  transact(ctx, async (ctx) => {
    if (uri) {
      await lockKeys(ctx, [uri])
      await buryUri(ctx, { uri, actorId, formerType: 'Announce' })
    }
    const boost = uri
      ? await row<{ id: Id }>(
          ctx,
          'SELECT id FROM posts WHERE uri = $1 AND author_id = $2 AND boost_of_id IS NOT NULL',
          [uri, actorId],
        )
      : await row<{ id: Id }>(ctx, 'SELECT id FROM posts WHERE author_id = $1 AND boost_of_id = $2', [
          actorId,
          postId ?? null,
        ])
    if (boost) await erasePost(ctx, boost.id, { keepsMedia: false })
    else
      await withdrawWish(ctx, {
        kind: 'boost',
        accountId: actorId,
        ...(uri ? { uri } : postId ? { targetId: postId } : {}),
      })
  })
