import { Op } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { hashOf } from './find-token.ts'
import type { VerificationKind } from './send-verification.ts'
import { User } from './user.model.ts'
import { Verification } from './verification.model.ts'

/**
 * Finds what a mailed link stands for: its kind, age and address are the row's, whatever else the request says.
 * Undefined when the link is unknown, used, too old, or the address has changed since.
 */
export async function findVerification(
  ctx: Ctx,
  { token, kind }: { token: string; kind: VerificationKind },
): Promise<{ user: User; verification: Verification } | undefined> {
  const transaction = ctx.tx ?? null
  const verification = await Verification.findOne({
    where: { tokenHash: hashOf(token), kind, expiresAt: { [Op.gt]: now() } },
    transaction,
    ...(ctx.tx ? { lock: ctx.tx.LOCK.UPDATE } : {}),
  })
  const user = verification && (await User.findByPk(verification.userId, { transaction }))
  return user && user.email === verification.email ? { user, verification } : undefined
}
