import type { Role } from '#core/actor'
import { changeStanding } from '#core/auth/change-standing'
import { findUser } from '#core/auth/find-user'
import { command, WrongUsage } from '../command.ts'

const roles: readonly string[] = ['owner', 'admin', 'moderator', 'user']

export default command('accounts promote <name> <role>', {
  says: `Give a member another role: ${roles.join(', ')}.`,
  run: async (ctx, { name, role }) => {
    if (!roles.includes(String(role)))
      throw new WrongUsage(`There is no role called ${role}: ${roles.join(', ')}.`)
    const user = await findUser(ctx, { username: String(name) })
    const before = user.role
    await changeStanding(ctx, { user, change: { role: role as Role } })
    console.log(`${name}: ${before} before, ${role} now`)
  },
})
