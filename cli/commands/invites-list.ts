import { Invite } from '#core/auth/invite.model'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

export default command('invites list', {
  says: 'Show the invites, with how often each was used.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (_ctx, { json }) => {
    const invites = await Invite.findAll({ order: [['id', 'DESC']] })
    const lines = invites.map(({ code, uses, maxUses, expiresAt, note, isOpen }) => [
      code,
      isOpen ? 'open' : 'over',
      `${uses}${maxUses === null ? '' : ` of ${maxUses}`}`,
      expiresAt?.toISOString().slice(0, 10) ?? '',
      note,
    ])
    if (json) printJson(invites)
    else printTable(['code', 'state', 'used', 'until', 'note'], lines)
  },
})
