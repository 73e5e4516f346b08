import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { FollowPlan, Person } from './community.ts'
import { moment, slices } from './reserve-ids.ts'

const insertion = `
  INSERT INTO follows (id, follower_id, followed_id, state, created_at)
  SELECT kith_id(${moment('at')}), follower, followed, 'accepted', ${moment('at')}
  FROM unnest($1::bigint[], $2::bigint[], $3::float8[]) AS f (follower, followed, at)`

/** Writes who follows whom, all accepted. */
export async function writeFollows(
  ctx: TxCtx,
  follows: readonly FollowPlan[],
  people: readonly Person[],
  onProgress: (count: number) => void,
): Promise<void> {
  for (const [start, end] of slices(follows.length, 5000)) {
    const some = follows.slice(start, end)
    await rows(ctx, insertion, [
      some.map(({ follower }) => people[follower]?.id),
      some.map(({ followed }) => people[followed]?.id),
      some.map(({ at }) => at),
    ])
    onProgress(some.length)
  }
}
