import { createAnnouncement } from '#core/announcements/create-announcement'
import { publishAnnouncement } from '#core/announcements/publish-announcement'
import { command } from '../command.ts'
import { readTime } from '../times.ts'

export default command('announcements add', {
  says: 'Tell everybody here something: at once, or later.',
  options: [
    { flags: '--text <text>', says: 'what it says', required: true },
    { flags: '--from <time>', says: 'when what it speaks of begins' },
    { flags: '--to <time>', says: 'when that ends, and the announcement with it' },
    { flags: '--all-day', says: 'only the days of these times count' },
    { flags: '--at <time>', says: 'publish it then' },
    { flags: '--draft', says: 'publish it by hand' },
  ],
  run: async (ctx, { text, from, to, allDay, at, draft }) => {
    const { id: announcementId } = await createAnnouncement(ctx, {
      text: String(text),
      startsAt: readTime(from) ?? null,
      endsAt: readTime(to) ?? null,
      isAllDay: Boolean(allDay),
      scheduledAt: readTime(at) ?? null,
    })
    const waits = Boolean(draft) || Boolean(at)
    if (!waits) await publishAnnouncement(ctx, { announcementId })
    console.log(`Announcement ${announcementId} ${waits ? 'is written' : 'is published'}.`)
  },
})
