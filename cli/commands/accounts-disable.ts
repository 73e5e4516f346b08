import { changeStanding } from '#core/auth/change-standing'
import { findUser } from '#core/auth/find-user'
import { command } from '../command.ts'

export default command('accounts disable <name>', {
  says: 'Close the log-in of a member: their sessions, apps and streams end at once.',
  run: async (ctx, { name }) => {
    const user = await findUser(ctx, { username: String(name) })
    await changeStanding(ctx, { user, change: { isDisabled: true } })
    console.log(`${name} is logged out everywhere and cannot come back in.`)
  },
})
