import { Account } from '../accounts/account.model.ts'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { sendMail } from '#platform/mailer'
import { confirmEmail } from './mails/confirm-email.ts'
import { letIn } from './mails/let-in.ts'
import { type Letter, write } from './mails/letter.ts'
import { passwordChanged } from './mails/password-changed.ts'
import { resetPasswordMail } from './mails/reset-password.ts'
import { tokenOf, type VerificationKind } from './send-verification.ts'
import { User } from './user.model.ts'
import { Verification } from './verification.model.ts'

/** A mail that is owed: names and addresses are looked up when it goes out. */
export type OwedMail =
  | { mail: VerificationKind; verificationId: Id }
  | { mail: keyof typeof plain; userId: Id }

const withLink: Record<VerificationKind, (to: { username: string; token: string }) => Letter> = {
  'confirm-email': confirmEmail,
  'reset-password': resetPasswordMail,
}

const plain = { 'password-changed': passwordChanged, 'let-in': letIn }

/** Writes and sends a mail that is owed. One whose link is used or too old by now is not sent. */
export async function deliverMail(owed: OwedMail): Promise<void> {
  if (!('verificationId' in owed)) {
    const to = await recipient(owed.userId)
    return to && sendMail({ to: to.email, ...write(plain[owed.mail](to)) })
  }
  const verification = await Verification.findByPk(owed.verificationId)
  const to = verification && verification.expiresAt > now() && (await recipient(verification.userId))
  if (!verification || !to) return
  const letter = withLink[owed.mail]({ ...to, token: tokenOf(verification.id, owed.mail) })
  await sendMail({ to: verification.email, ...write(letter) })
}

async function recipient(userId: Id): Promise<{ email: string; username: string } | undefined> {
  const user = await User.findByPk(userId)
  const account = user && (await Account.findByPk(user.accountId))
  return account ? { email: user.email, username: account.username } : undefined
}
