import { editAnnouncement } from '#core/announcements/edit-announcement'
import { command } from '../command.ts'
import { readTime } from '../times.ts'

export default command('announcements edit <id>', {
  says: 'Change what is given of an announcement; an empty time takes one away.',
  options: [
    { flags: '--text <text>', says: 'what it says' },
    { flags: '--from <time>', says: 'when what it speaks of begins' },
    { flags: '--to <time>', says: 'when that ends, and the announcement with it' },
    { flags: '--at <time>', says: 'publish it then' },
  ],
  run: async (ctx, { id, text, from, to, at }) => {
    await editAnnouncement(ctx, {
      announcementId: String(id),
      text: text === undefined ? undefined : String(text),
      startsAt: readTime(from),
      endsAt: readTime(to),
      scheduledAt: readTime(at),
    })
    console.log(`Announcement ${id} is changed.`)
  },
})
