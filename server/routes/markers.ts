import { z } from 'zod'
import { actingId } from '#core/actor'
import { markersOf } from '#core/timelines/marker.queries'
import { saveMarkers } from '#core/timelines/save-markers'
import { maybeId, texts } from '../input.ts'
import { routes } from '../routes.ts'
import { markersJson } from '../serializers/marker.ts'

const one = z.looseObject({ last_read_id: maybeId() }).optional()

export default routes('/api/v1/markers', (r) => {
  r.get(
    '/',
    { scopes: ['read:statuses'], input: z.looseObject({ timeline: texts() }), answers: 'Markers' },
    async (ctx, { timeline }) => markersJson(await markersOf(ctx, actingId(ctx), timeline)),
  )
  r.post(
    '/',
    {
      scopes: ['write:statuses'],
      input: z.looseObject({ home: one, notifications: one }),
      answers: 'Markers',
    },
    async (ctx, { home, notifications }) =>
      markersJson(
        await saveMarkers(ctx, {
          ...(home?.last_read_id ? { home: home.last_read_id } : {}),
          ...(notifications?.last_read_id ? { notifications: notifications.last_read_id } : {}),
        }),
      ),
  )
})
