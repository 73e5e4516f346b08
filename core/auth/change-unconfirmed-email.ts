import { col, fn, Op, where } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { refuse } from '../field-problems.ts'
import { Forbidden } from '#platform/errors'
import { transact } from '#platform/transact'
import { assertMayMail } from './mail-limits.ts'
import { parseEmail } from './parse-email.ts'
import { sendVerification } from './send-verification.ts'
import { User } from './user.model.ts'

/**
 * Mails a newcomer the link that confirms their address again, to another address when they mistyped the first.
 * Throws Forbidden once an address is confirmed, Invalid for one that cannot be theirs, TooMany.
 */
export async function changeUnconfirmedEmail(
  ctx: Ctx,
  { email }: { email?: string | undefined },
): Promise<void> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const user = await User.findByPk(ctx.actor.userId, { rejectOnEmpty: true })
  if (user.confirmedAt)
    throw new Forbidden('This method is only available while the e-mail is awaiting confirmation')
  const address = email?.trim() ? parseEmail(email) : user.email
  refuse(address ? [] : [['email', 'ERR_INVALID']])
  const isTaken = await User.count({
    where: {
      [Op.and]: [where(fn('lower', col('email')), address!.toLowerCase()), { id: { [Op.ne]: user.id } }],
    },
  })
  refuse(isTaken ? [['email', 'ERR_TAKEN']] : [])
  await assertMayMail('confirm-email', address!)
  await transact(ctx, async (ctx) => {
    await user.update({ email: address! }, { transaction: ctx.tx })
    await sendVerification(ctx, { user, kind: 'confirm-email' })
  })
}
