import { changeSettings } from '#core/instances/change-settings'
import { readSettings } from '#core/instances/read-settings'
import { command } from '../command.ts'
import { readSetting, settingNames, shownSettings } from '../settings.ts'

export default command('config set <name> <value>', {
  says: `Decide something about this instance, with effect at once: ${settingNames.join(', ')}.`,
  run: async (ctx, { name, value }) => {
    const key = String(name)
    const changes = await readSetting(ctx, key, String(value))
    const before = shownSettings(await readSettings(ctx))
    const after = shownSettings(await changeSettings(ctx, changes))
    console.log(`${key}: ${JSON.stringify(before[key])} before, ${JSON.stringify(after[key])} now`)
  },
})
