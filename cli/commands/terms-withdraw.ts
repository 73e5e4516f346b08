import { changeSettings } from '#core/instances/change-settings'
import { readSettings } from '#core/instances/read-settings'
import { NotFound } from '#platform/errors'
import { command } from '../command.ts'

export default command('terms withdraw <date>', {
  says: 'Take a version of the terms of service away.',
  run: async (ctx, { date }) => {
    const { terms } = await readSettings(ctx)
    const left = terms.filter((each) => each.date !== date)
    if (left.length === terms.length) throw new NotFound(`There are no terms from ${String(date)}.`)
    await changeSettings(ctx, { terms: left })
    console.log(`The terms from ${String(date)} are gone.`)
  },
})
