import { withdrawAnnouncement } from '#core/announcements/withdraw-announcement'
import { command } from '../command.ts'

export default command('announcements withdraw <id>', {
  says: 'Show an announcement to nobody any more.',
  run: async (ctx, { id }) => {
    await withdrawAnnouncement(ctx, { announcementId: String(id) })
    console.log(`Announcement ${id} is withdrawn.`)
  },
})
