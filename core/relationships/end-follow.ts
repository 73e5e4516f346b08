import type { TxCtx } from '../ctx.ts'
import { emit } from '#platform/facts'
import { countFollow } from './count-follow.ts'
import type { Follow } from './follow.model.ts'
import { pairOf } from './follow-pair.ts'
import { leaveLists } from './leave-lists.ts'
import { dropEndorsement } from './unendorse-account.ts'

/**
 * Takes away a follow or a request: row, counters, membership in the follower's lists (ACCT-25), endorsement and the fact, which
 * tells whether the follower ended it or the followed one refused.
 */
export async function endFollow(ctx: TxCtx, follow: Follow, how: 'ended' | 'rejected'): Promise<void> {
  const wasAccepted = follow.state === 'accepted'
  await follow.destroy({ transaction: ctx.tx })
  if (wasAccepted) await countFollow(ctx, follow, -1)
  await dropEndorsement(ctx, { endorserId: follow.followerId, endorsedId: follow.followedId })
  await leaveLists(ctx, { ownerId: follow.followerId, accountId: follow.followedId })
  if (how === 'ended') await emit(ctx, 'follow.ended', { ...pairOf(follow), wasAccepted })
  else await emit(ctx, 'follow.rejected', pairOf(follow))
}
