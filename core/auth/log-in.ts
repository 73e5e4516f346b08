import { Account } from '../accounts/account.model.ts'
import { col, fn, where } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { Forbidden, Invalid } from '#platform/errors'
import { isPassword } from '#platform/passwords'
import { assertMayTry, forgetTries } from './log-in-limits.ts'
import { User } from './user.model.ts'
import { userNamed } from './user-named.ts'

/**
 * Proves who somebody is by address or user name and password. An unknown name and a wrong password give the same
 * Invalid after the same work (threats I3). Throws TooMany, and Forbidden for a log-in that is not open (ERR-07).
 */
export async function logIn(
  ctx: Ctx,
  { identifier, password, ip }: { identifier: string; password: string; ip: string },
): Promise<User> {
  const user = await findUser(ctx, identifier.trim().toLowerCase())
  const who = user?.id ?? identifier.trim().toLowerCase()
  await assertMayTry(who, ip)
  if (!(await isPassword(password, user?.passwordHash)) || !user)
    throw new Invalid('The address or the password is wrong')
  await forgetTries(who)
  await assertOpen(user)
  return user
}

async function findUser(ctx: Ctx, identifier: string): Promise<User | null> {
  if (!identifier.includes('@') || identifier.startsWith('@')) return userNamed(ctx, identifier)
  return User.findOne({ where: where(fn('lower', col('email')), identifier), transaction: ctx.tx ?? null })
}

async function assertOpen(user: User): Promise<void> {
  const account = await Account.findByPk(user.accountId)
  if (user.disabledAt || account?.suspendedAt || account?.goneAt)
    throw new Forbidden('Your login is currently disabled')
  if (!user.confirmedAt) throw new Forbidden('Your login is missing a confirmed e-mail address')
  if (!user.approvedAt) throw new Forbidden('Your login is currently pending approval')
}
