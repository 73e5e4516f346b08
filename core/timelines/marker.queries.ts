import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

export type MarkedTimeline = 'home' | 'notifications'

/** How far a member has read a timeline. */
export type Marker = { timeline: MarkedTimeline; lastReadId: Id; version: number; updatedAt: Date }

/** The markers of a member for these timelines; unknown ones have none (MISC-09). */
export const markersOf = (
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id,
  timelines: readonly string[],
): Promise<Marker[]> =>
  rows(
    ctx,
    `SELECT timeline, last_read_id AS "lastReadId", version, updated_at AS "updatedAt" FROM markers
     WHERE account_id = $1 AND timeline = ANY ($2)`,
    [accountId, timelines],
  )
