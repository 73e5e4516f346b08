import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { firstIdOf, type Id } from '#platform/ids'

const DAY = 86_400_000
const SHOWN = 30 * DAY

/** Where stamps of authors elsewhere are kept, by the post or reaction that each of them lets pass. */
const places = {
  quotes: { id: 'post_id', states: `('pending', 'accepted')`, seen: 'coalesce(checked_at, changed_at)' },
  interaction_requests: { id: 'id', states: `('accepted')`, seen: 'coalesce(checked_at, answered_at)' },
}
export type Stamped = keyof typeof places

/**
 * Takes up to `most` of what has a stamp that was last looked at more than a day ago and is young enough to be shown still, and
 * notes that it is looked at now (federation rule 214). Two who ask at once get different ones.
 */
export function staleStamps(ctx: Ctx, place: Stamped, most: number): Promise<{ id: Id }[]> {
  const { id, states, seen } = places[place]
  return rows<{ id: Id }>(
    ctx,
    `UPDATE ${place} SET checked_at = $1::timestamptz WHERE ${id} IN (
       SELECT ${id} FROM ${place}
       WHERE stamp_uri IS NOT NULL AND state IN ${states} AND ${seen} < $2::timestamptz AND ${id} > $3::bigint
       ORDER BY ${seen} LIMIT $4::int FOR UPDATE SKIP LOCKED)
     RETURNING ${id} AS id`,
    [now(), new Date(now().getTime() - DAY), firstIdOf(new Date(now().getTime() - SHOWN)), most],
  )
}
