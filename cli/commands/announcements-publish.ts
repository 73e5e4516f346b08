import { publishAnnouncement } from '#core/announcements/publish-announcement'
import { command } from '../command.ts'

export default command('announcements publish <id>', {
  says: 'Show an announcement to everybody.',
  run: async (ctx, { id }) => {
    await publishAnnouncement(ctx, { announcementId: String(id) })
    console.log(`Announcement ${id} is published.`)
  },
})
