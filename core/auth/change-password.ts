import type { Ctx } from '../ctx.ts'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import { oweOne } from '#platform/owed-work'
import { hashPassword } from '#platform/passwords'
import { transact } from '#platform/transact'
import { assertPassword } from './assert-password.ts'
import { checkPassword } from './check-password.ts'
import { endSessions } from './end-sessions.ts'
import { refuse } from '../field-problems.ts'
import { User } from './user.model.ts'

type Change = { current: string; password: string; keepSessionId?: Id | undefined; ip: string }

/**
 * Changes one's own password and ends all other sessions (MASTODON-2.9.3-c). Throws Forbidden when the current
 * password is wrong, TooMany after too many tries, Invalid for a bad new one.
 */
export async function changePassword(ctx: Ctx, change: Change): Promise<void> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const user = await User.findByPk(ctx.actor.userId, { rejectOnEmpty: true })
  await assertPassword(user, change.current, change.ip)
  const problem = checkPassword(change.password, [user.email])
  refuse(problem ? [['password', problem]] : [])
  const passwordHash = await hashPassword(change.password)
  await transact(ctx, async (ctx) => {
    await user.update({ passwordHash }, { transaction: ctx.tx })
    await endSessions(ctx, { userId: user.id, except: change.keepSessionId })
    await oweOne(ctx, { kind: 'mail', payload: { mail: 'password-changed', userId: user.id } })
  })
}
