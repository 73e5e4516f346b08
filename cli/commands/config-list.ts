import { readSettings } from '#core/instances/read-settings'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'
import { shownSettings } from '../settings.ts'

export default command('config list', {
  says: 'Show what was decided about this instance.',
  options: [{ flags: '--json', says: 'print the settings as JSON' }],
  run: async (ctx, { json }) => {
    const settings = await readSettings(ctx)
    if (json) printJson(settings)
    else printTable(['setting', 'value'], Object.entries(shownSettings(settings)))
  },
})
