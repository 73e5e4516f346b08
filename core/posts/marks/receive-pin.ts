import type { Ctx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { MOST_PINNED } from './receive-pins.ts'

type Pin = { authorId: Id; postId: Id; isPinned: boolean }

/**
 * Somebody elsewhere pins a post of theirs, or unpins it; a pin more than we keep takes the place of the oldest one.
 * Posts of others and boosts are left alone (federation rules 69 and 70).
 */
export const receivePin = (ctx: Ctx, { authorId, postId, isPinned }: Pin): Promise<void> =>
  transact(ctx, async (ctx) => {
    await lockKeys(ctx, [`pins of ${authorId}`])
    await rows(
      ctx,
      `UPDATE posts SET pinned_at = $3, version = version + 1 WHERE id = $1 AND author_id = $2 AND uri IS NOT NULL
         AND boost_of_id IS NULL AND visibility <> 'direct' AND (pinned_at IS NULL) <> ($3::timestamptz IS NULL)`,
      [postId, authorId, isPinned ? now() : null],
    )
    await rows(
      ctx,
      `UPDATE posts SET pinned_at = NULL, version = version + 1 WHERE id IN (
         SELECT id FROM posts WHERE author_id = $1 AND pinned_at IS NOT NULL
         ORDER BY pinned_at DESC, id DESC OFFSET ${MOST_PINNED})`,
      [authorId],
    )
  })
