import { changeStanding } from '#core/auth/change-standing'
import { findUser } from '#core/auth/find-user'
import { command } from '../command.ts'

export default command('accounts enable <name>', {
  says: 'Open the log-in of a member again.',
  run: async (ctx, { name }) => {
    const user = await findUser(ctx, { username: String(name) })
    await changeStanding(ctx, { user, change: { isDisabled: false } })
    console.log(`${name} may log in again.`)
  },
})
