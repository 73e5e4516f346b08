import { changeSettings } from '#core/instances/change-settings'
import { readSettings } from '#core/instances/read-settings'
import { command } from '../command.ts'

export default command('rules add <text>', {
  says: 'Add a rule of the house.',
  options: [{ flags: '--hint <text>', says: 'an explanation', usual: '' }],
  run: async (ctx, { text, hint }) => {
    const { rules } = await readSettings(ctx)
    const id = String(Math.max(0, ...rules.map((rule) => Number(rule.id))) + 1)
    await changeSettings(ctx, { rules: [...rules, { id, text: String(text), hint: String(hint) }] })
    console.log(`Rule ${id} holds now.`)
  },
})
