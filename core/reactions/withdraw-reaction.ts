import { buryUri } from '../accounts/bury-uri.ts'
import type { Ctx } from '../ctx.ts'
import { withdrawWish } from '../posts/interactions/withdraw-wish.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { eraseReaction } from './erase-reaction.ts'

/** What an Undo of a reaction says: its id, else (when it has none) the post and the emoji. */
export type ReactionEnd = { accountId: Id; uri?: string | null; postId?: Id; emoji?: string }

/**
 * Another server takes a reaction back (federation rules 65 and 115). One that was never here is remembered by its id, so
 * that it is not taken when it comes late.
 */
export const withdrawReaction = (
  ctx: Ctx,
  { accountId, uri, postId, emoji = '' }: ReactionEnd,
): Promise<void> =>
  transact(ctx, async (ctx) => {
    if (uri) {
      await lockKeys(ctx, [uri])
      await buryUri(ctx, { uri, actorId: accountId, formerType: 'Like' })
    }
    const reaction = uri
      ? await row<{ id: Id }>(ctx, 'SELECT id FROM reactions WHERE uri = $1 AND account_id = $2', [
          uri,
          accountId,
        ])
      : await row<{ id: Id }>(
          ctx,
          'SELECT id FROM reactions WHERE account_id = $1 AND post_id = $2 AND emoji = $3',
          [accountId, postId ?? null, emoji],
        )
    if (reaction) await eraseReaction(ctx, reaction.id)
    else
      await withdrawWish(ctx, {
        kind: 'like',
        accountId,
        emoji,
        ...(uri ? { uri } : postId ? { targetId: postId } : {}),
      })
  })
