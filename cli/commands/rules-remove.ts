import { changeSettings } from '#core/instances/change-settings'
import { readSettings } from '#core/instances/read-settings'
import { NotFound } from '#platform/errors'
import { command } from '../command.ts'

export default command('rules remove <id>', {
  says: 'Take a rule of the house away.',
  run: async (ctx, { id }) => {
    const { rules } = await readSettings(ctx)
    const left = rules.filter((rule) => rule.id !== id)
    if (left.length === rules.length) throw new NotFound(`There is no rule ${id}.`)
    await changeSettings(ctx, { rules: left })
    console.log(`Rule ${id} is gone.`)
  },
})
