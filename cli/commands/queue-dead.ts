import { deadLetters } from '#platform/dead-letters'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

const minute = (time: Date): string => time.toISOString().slice(0, 16).replace('T', ' ')

export default command('queue dead', {
  says: 'List the work that failed for good, newest first: why, how often it was tried, and when.',
  options: [
    { flags: '--kind <kind>', says: 'only work of this kind' },
    { flags: '--json', says: 'print the list as JSON, with what the work was' },
  ],
  run: async (_ctx, { kind, json }) => {
    const letters = await deadLetters(kind === undefined ? undefined : String(kind))
    if (json) return printJson(letters)
    if (letters.length === 0) return console.log('Nothing is dead.')
    printTable(
      ['id', 'kind', 'tries', 'first failed', 'last failed', 'reason'],
      letters.map((each) => [
        each.id,
        each.kind,
        each.attempts,
        minute(each.firstFailedAt),
        minute(each.lastFailedAt),
        each.reason,
      ]),
    )
  },
})
