import { featuredAccounts } from '#core/discovery/featured.queries'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

export default command('suggest list', {
  says: 'Show whom members are told to follow.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (ctx, { json }) => {
    const found = await featuredAccounts(ctx)
    if (json) printJson(found)
    else
      printTable(
        ['account', 'since'],
        found.map(({ acct, since }) => [acct, since.toISOString().slice(0, 10)]),
      )
  },
})
