import type { Marker } from '#core/timelines/marker.queries'

/** Markers by the name of their timeline. */
export const markersJson = (markers: readonly Marker[]) =>
  Object.fromEntries(
    markers.map(({ timeline, lastReadId, version, updatedAt }) => [
      timeline,
      { last_read_id: lastReadId, version, updated_at: updatedAt.toISOString() },
    ]),
  )
