import type { Role } from '#core/actor'
import { register } from '#core/auth/register'
import { secret } from '#platform/ids'
import { command } from '../command.ts'

const LENGTH = 12

export default command('accounts create <name>', {
  says: 'Make an account for a member of this instance.',
  options: [
    { flags: '--email <address>', says: 'where mails for the member go', required: true },
    {
      flags: '--role <role>',
      says: 'what the member may do',
      choices: ['owner', 'admin', 'moderator', 'user'],
    },
    { flags: '--confirmed', says: 'the address is known to be theirs; else a mail asks for confirmation' },
    { flags: '--password <password>', says: 'instead of a new one that is printed' },
    { flags: '--json', says: 'print the result as JSON' },
  ],
  run: async (ctx, { name, email, role, confirmed, password: given, json }) => {
    const password = given ? String(given) : secret(LENGTH)
    const user = await register(ctx, {
      username: String(name),
      email: String(email),
      password,
      agreement: true,
      role: (role as Role | undefined) ?? 'user',
      isConfirmed: confirmed === true,
    })
    const made = given ? {} : { password }
    if (json)
      console.log(JSON.stringify({ accountId: user.accountId, username: name, role: user.role, ...made }))
    else if (!given) console.log(`New password: ${password}`)
  },
})
