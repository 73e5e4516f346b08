import { col, fn, where } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { transact } from '#platform/transact'
import { assertMayMail } from './mail-limits.ts'
import { parseEmail } from './parse-email.ts'
import { sendVerification } from './send-verification.ts'
import { User } from './user.model.ts'

/**
 * Mails the link that confirms an address again. For an address that waits for none nothing happens,
 * silently. Throws TooMany.
 */
export async function resendConfirmation(ctx: Ctx, { email }: { email: string }): Promise<void> {
  const address = parseEmail(email)
  if (!address) return
  await assertMayMail('confirm-email', address)
  const user = await User.findOne({ where: where(fn('lower', col('email')), address.toLowerCase()) })
  if (user && !user.confirmedAt)
    await transact(ctx, (ctx) => sendVerification(ctx, { user, kind: 'confirm-email' }))
}
