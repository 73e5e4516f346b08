import { col, fn, Op, where } from 'sequelize'
import { limits } from '#config/limits'
import { Account } from '../accounts/account.model.ts'
import type { Ctx } from '../ctx.ts'
import type { ProblemCode } from '../field-problems.ts'
import { reservedNames } from './reserved-names.ts'

/** What is wrong with a name that a new account here wants; undefined when it may have it. */
export async function checkUsername(
  ctx: Ctx,
  username: string,
  mayReserve = false,
): Promise<ProblemCode | undefined> {
  if (username === '') return 'ERR_BLANK'
  if (!/^\w+$/.test(username)) return 'ERR_INVALID'
  if (username.length > limits.username) return 'ERR_TOO_LONG'
  if (!mayReserve && reservedNames.has(username.toLowerCase())) return 'ERR_RESERVED'
  const isTaken = await Account.count({
    where: { [Op.and]: [where(fn('lower', col('username')), username.toLowerCase()), { domain: null }] },
    transaction: ctx.tx ?? null,
  })
  return isTaken ? 'ERR_TAKEN' : undefined
}
