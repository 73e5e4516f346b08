import { owedFigures } from '#platform/owed-figures'
import { command } from '../command.ts'
import { printJson, printTable, spanOf } from '../print.ts'

export default command('queue status', {
  says: 'Show how much work is waiting, running, tried again and dead, by kind.',
  options: [{ flags: '--json', says: 'print the figures as JSON' }],
  run: async (_ctx, { json }) => {
    const figures = await owedFigures()
    if (json) return printJson(figures)
    printTable(
      ['kind', 'waiting', 'running', 'retrying', 'dead', 'oldest due'],
      figures.map(({ kind, waiting, running, retrying, dead, oldestDue }) => [
        kind,
        waiting,
        running,
        retrying,
        dead,
        oldestDue === null ? '-' : spanOf(oldestDue),
      ]),
    )
  },
})
