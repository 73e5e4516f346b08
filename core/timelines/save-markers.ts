import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Marker, MarkedTimeline } from './marker.queries.ts'

/** Keeps how far the actor has read; gives the markers that were sent, each one version further (MISC-09). */
export function saveMarkers(ctx: Ctx, read: Partial<Record<MarkedTimeline, Id>>): Promise<Marker[]> {
  const timelines = Object.keys(read).sort()
  return rows<Marker>(
    ctx,
    `INSERT INTO markers AS m (account_id, timeline, last_read_id)
     SELECT $1, timeline, id FROM unnest($2::text[], $3::bigint[]) AS s (timeline, id)
     ON CONFLICT (account_id, timeline)
       DO UPDATE SET last_read_id = excluded.last_read_id, version = m.version + 1, updated_at = now()
     RETURNING timeline, last_read_id AS "lastReadId", version, updated_at AS "updatedAt"`,
    [actingId(ctx), timelines, timelines.map((timeline) => read[timeline as MarkedTimeline])],
  )
}
