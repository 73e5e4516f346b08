import { allAnnouncements } from '#core/announcements/announcement.queries'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

const timeOf = (time: Date | null): string => time?.toISOString().slice(0, 16) ?? ''

export default command('announcements list', {
  says: 'Show all announcements, the latest first.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (ctx, { json }) => {
    const found = await allAnnouncements(ctx)
    if (json) printJson(found)
    else
      printTable(
        ['id', 'text', 'will be published', 'published', 'ends'],
        found.map(({ id, text, scheduledAt, publishedAt, endsAt }) => [
          id,
          text.replaceAll(/\s+/g, ' ').slice(0, 60),
          timeOf(scheduledAt),
          timeOf(publishedAt),
          timeOf(endsAt),
        ]),
      )
  },
})
