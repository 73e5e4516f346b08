import { col, fn, where } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { transact } from '#platform/transact'
import { assertMayMail } from './mail-limits.ts'
import { parseEmail } from './parse-email.ts'
import { sendVerification } from './send-verification.ts'
import { User } from './user.model.ts'

/**
 * Mails a link that lets its reader set a new password. For an address that nobody has here nothing happens, silently. Throws
 * TooMany.
 */
export async function requestReset(ctx: Ctx, { email }: { email: string }): Promise<void> {
  const address = parseEmail(email)
  if (!address) return
  await assertMayMail('reset-password', address)
  const user = await User.findOne({ where: where(fn('lower', col('email')), address.toLowerCase()) })
  if (user && !user.disabledAt)
    await transact(ctx, (ctx) => sendVerification(ctx, { user, kind: 'reset-password' }))
}
