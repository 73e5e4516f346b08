import { z } from 'zod'
import { actingId } from '#core/actor'
import { announcementsFor } from '#core/announcements/announcement.queries'
import { dismissAnnouncement } from '#core/announcements/dismiss-announcement'
import { reactToAnnouncement } from '#core/announcements/react-to-announcement'
import { unreactToAnnouncement } from '#core/announcements/unreact-to-announcement'
import { id, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { announcementsJson } from '../serializers/announcement.ts'

const reaction = z.looseObject({ id: id(), name: text() })
const react = { scopes: ['write:favourites'], input: reaction, answers: 'Empty' }

const add: Handler<z.output<typeof reaction>> = (ctx, { id: announcementId, name = '' }) =>
  reactToAnnouncement(ctx, { announcementId, name })

/** What the staff tells everybody (MISC-10). */
export default routes('/api/v1/announcements', (r) => {
  r.get('/', { answers: 'Array<Announcement>' }, async (ctx) =>
    announcementsJson(ctx, await announcementsFor(ctx, actingId(ctx))),
  )
  r.post(
    '/:id/dismiss',
    { scopes: ['write:accounts'], input: z.looseObject({ id: id() }), answers: 'Empty' },
    (ctx, { id: announcementId }) => dismissAnnouncement(ctx, { announcementId }),
  )
  r.put('/:id/reactions/:name', react, add)
  r.patch('/:id/reactions/:name', react, add)
  r.delete('/:id/reactions/:name', react, (ctx, { id: announcementId, name = '' }) =>
    unreactToAnnouncement(ctx, { announcementId, name }),
  )
})
