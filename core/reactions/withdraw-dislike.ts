import { buryUri } from '../accounts/bury-uri.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import type { ReactionEnd } from './withdraw-reaction.ts'

/** Another server takes a vote against a post back (federation rules 65 and 115), by its id or else by the post. */
export const withdrawDislike = (
  ctx: Ctx,
  { accountId, uri, postId }: Omit<ReactionEnd, 'emoji'>,
): Promise<void> =>
  transact(ctx, async (ctx) => {
    if (uri) {
      await lockKeys(ctx, [uri])
      await buryUri(ctx, { uri, actorId: accountId, formerType: 'Dislike' })
    }
    const [which, value] = uri ? ['uri', uri] : ['post_id', postId ?? null]
    await rows(ctx, `DELETE FROM dislikes WHERE account_id = $1 AND ${which} = $2`, [accountId, value])
  })
