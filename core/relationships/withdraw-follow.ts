import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { select } from '#platform/select'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { Follow } from './follow.model.ts'
import { lockPair } from './lock-pair.ts'
import { buryUri } from '../accounts/bury-uri.ts'

type Withdrawn = { followerId: Id; uri: string | null; followedId: Id | null }

/**
 * Somebody elsewhere takes back a Follow: the one with this address, else the one of this account. When neither is here
 * the Undo has overtaken its Follow, which is then dropped when it comes.
 */
export const withdrawFollow = (ctx: Ctx, { followerId, uri, followedId }: Withdrawn): Promise<void> =>
  transact(ctx, async (ctx) => {
    if (followedId) await lockPair(ctx, followerId, followedId, uri)
    else if (uri) await lockKeys(ctx, [uri])
    const follow = await select(
      ctx,
      Follow,
      'follower_id = $1 AND (uri = $2 OR followed_id = $3)',
      [followerId, uri, followedId],
      { lock: true },
    )
    if (follow) await endFollow(ctx, follow, 'ended')
    else if (uri) await buryUri(ctx, { uri, actorId: followerId, formerType: 'Follow' })
  })
