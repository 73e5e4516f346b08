import { readSettings } from '#core/instances/read-settings'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

export default command('rules list', {
  says: 'Show the rules of the house.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (ctx, { json }) => {
    const { rules } = await readSettings(ctx)
    if (json) printJson(rules)
    else
      printTable(
        ['id', 'rule', 'hint'],
        rules.map(({ id, text, hint }) => [id, text, hint]),
      )
  },
})
