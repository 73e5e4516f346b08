import { changeStanding, type Standing } from '#core/auth/change-standing'
import { findUser } from '#core/auth/find-user'
import { command } from '../command.ts'

export default command('accounts approve <name>', {
  says: 'Let a newcomer in who waits for approval.',
  options: [{ flags: '--confirm', says: 'take the address as confirmed, too' }],
  run: async (ctx, { name, confirm }) => {
    const user = await findUser(ctx, { username: String(name) })
    const change: Standing = { isApproved: true }
    if (confirm) change.isConfirmed = true
    await changeStanding(ctx, { user, change })
    console.log(`${name} is in${user.confirmedAt ? '' : ', once the address is confirmed'}.`)
  },
})
