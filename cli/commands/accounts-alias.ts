import { addAlias } from '#core/accounts/add-alias'
import { movesOf } from '#core/accounts/move.queries'
import { removeAlias } from '#core/accounts/remove-alias'
import { command } from '../command.ts'
import { memberCtx } from '../member.ts'

export default command('accounts alias <name> [handle]', {
  says: 'Show which accounts elsewhere a member may move here from, and add one.',
  options: [{ flags: '--remove <id>', says: 'take away the alias with this ActivityPub id' }],
  run: async (ctx, { name, handle, remove }) => {
    const member = await memberCtx(ctx, String(name))
    if (handle) await addAlias(member, { acct: String(handle) })
    if (remove) await removeAlias(member, { uri: String(remove) })
    const { aliases } = await movesOf(member)
    for (const { uri, acct } of aliases) console.log(acct ? `${uri} (${acct})` : uri)
  },
})
