import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

type Pair = { followerId: Id; followedId: Id }

/** Raises (1) or lowers (-1) the two counters that an accepted follow shows in. */
export async function countFollow(ctx: TxCtx, { followerId, followedId }: Pair, step: 1 | -1): Promise<void> {
  const steps = [
    { id: followerId, sql: raised('following_count') },
    { id: followedId, sql: raised('followers_count') },
  ]
  // In the order of ids: two follows in opposite directions would otherwise wait for each other.
  for (const { id, sql } of steps.sort((a, b) => (a.id < b.id ? -1 : 1))) await rows(ctx, sql, [id, step])
}

const raised = (column: string): string =>
  `UPDATE accounts SET ${column} = greatest(${column} + $2::int, 0) WHERE id = $1`
