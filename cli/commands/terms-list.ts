import { readSettings } from '#core/instances/read-settings'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

export default command('terms list', {
  says: 'Show the versions of the terms of service.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (ctx, { json }) => {
    const { terms } = await readSettings(ctx)
    if (json) printJson(terms)
    else
      printTable(
        ['from', 'characters'],
        terms.map(({ date, html }) => [date, String(html.length)]),
      )
  },
})
