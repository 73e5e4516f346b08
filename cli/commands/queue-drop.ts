import { dropOwed } from '#platform/dead-letters'
import { isId } from '#platform/ids'
import { command, WrongUsage } from '../command.ts'

export default command('queue drop <id>', {
  says: 'Take away one piece of work undone, dead or waiting.',
  options: [{ flags: '--dry-run', says: 'show what it is, and leave it' }],
  run: async (_ctx, { id, dryRun }) => {
    if (!isId(id)) throw new WrongUsage(`${id} is no id; "kith queue dead" lists them.`)
    const { kind, payload } = await dropOwed(id, { isTrial: dryRun === true })
    console.log(`${dryRun ? 'Would drop' : 'Dropped'} ${kind} ${id}: ${JSON.stringify(payload)}`)
  },
})
