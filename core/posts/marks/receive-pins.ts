import type { Ctx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'

/** As many posts as a profile of another server may have pinned here. */
export const MOST_PINNED = 20

/**
 * Makes the pinned posts of an account of another server these, the first one on top. Posts of others and boosts are
 * skipped (federation rule 70).
 */
export const receivePins = (
  ctx: Ctx,
  { authorId, postIds }: { authorId: Id; postIds: readonly Id[] },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    await lockKeys(ctx, [`pins of ${authorId}`])
    const kept = postIds.slice(0, MOST_PINNED)
    await rows(
      ctx,
      `UPDATE posts SET pinned_at = NULL, version = version + 1
       WHERE author_id = $1 AND pinned_at IS NOT NULL AND NOT id = ANY ($2::bigint[])`,
      [authorId, kept],
    )
    await rows(
      ctx,
      `UPDATE posts SET pinned_at = $3::timestamptz - make_interval(secs => w.at), version = version + 1
       FROM unnest($2::bigint[]) WITH ORDINALITY AS w (id, at)
       WHERE posts.id = w.id AND author_id = $1 AND uri IS NOT NULL AND boost_of_id IS NULL`,
      [authorId, kept, now()],
    )
  })
