import { cancelMove } from '#core/accounts/cancel-move'
import { moveAccount } from '#core/accounts/move-account'
import { command, WrongUsage } from '../command.ts'
import { memberCtx } from '../member.ts'

export default command('accounts move <name>', {
  says: 'Lead the followers of a member to another account, which must name this one as an alias.',
  options: [
    { flags: '--to <handle>', says: 'where to: user@server' },
    { flags: '--cancel', says: 'let the member be back; followers who left do not return by it' },
  ],
  run: async (ctx, { name, to, cancel }) => {
    if ((to === undefined) === (cancel === undefined))
      throw new WrongUsage('Give either --to <handle> or --cancel.')
    const member = await memberCtx(ctx, String(name))
    if (cancel) await cancelMove(member)
    else await moveAccount(member, { acct: String(to) })
    console.log(cancel ? `${name} is back.` : `${name} has moved to ${to}; followers are led there.`)
  },
})
