import { readFile } from 'node:fs/promises'
import { changeSettings } from '#core/instances/change-settings'
import { readSettings } from '#core/instances/read-settings'
import { command } from '../command.ts'

export default command('terms publish <date> <file>', {
  says: 'Publish the terms of service in a file of HTML, which hold from a day on (YYYY-MM-DD).',
  run: async (ctx, { date, file }) => {
    const html = await readFile(String(file), 'utf8')
    const { terms } = await readSettings(ctx)
    const others = terms.filter((each) => each.date !== date)
    await changeSettings(ctx, { terms: [...others, { date: String(date), html }] })
    console.log(`These terms hold from ${String(date)} on.`)
  },
})
