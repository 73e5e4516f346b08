import { col, fn, Op, where } from 'sequelize'
import { Account } from '../accounts/account.model.ts'
import type { Ctx } from '../ctx.ts'
import { User } from './user.model.ts'

/** The log-in of the member with this user name, in any case and with or without an @; null when there is none. */
export async function userNamed(ctx: Ctx, username: string): Promise<User | null> {
  const transaction = ctx.tx ?? null
  const name = where(fn('lower', col('username')), username.replace(/^@/, '').toLowerCase())
  const account = await Account.findOne({ where: { [Op.and]: [name, { domain: null }] }, transaction })
  return account && User.findOne({ where: { accountId: account.id }, transaction })
}
