import { recordAccount } from '../accounts/record-account.ts'
import type { Ctx } from '../ctx.ts'
import { readSettings } from '../instances/read-settings.ts'
import { now } from '#platform/clock'
import { codeOf, Forbidden } from '#platform/errors'
import { hashPassword } from '#platform/passwords'
import { transact } from '#platform/transact'
import { checkSignUp, type NewMember } from './check-sign-up.ts'
import { refuse } from '../field-problems.ts'
import { assertMayMail } from './mail-limits.ts'
import { parseEmail } from './parse-email.ts'
import { sendVerification } from './send-verification.ts'
import { useInvite } from './use-invite.ts'
import { User } from './user.model.ts'

/**
 * Signs somebody up and mails them a link that confirms their address (OAUTH-31, OAUTH-32). Throws Forbidden when
 * nobody is taken in and no open invite is brought (OAUTH-33), Invalid with what is wrong with each field (ERR-14), and TooMany when the
 * mailbox got too many mails. Operators may take in anybody, under any free name.
 */
export async function register(ctx: Ctx, draft: NewMember): Promise<User> {
  const settings = await readSettings(ctx)
  const isOperator = ctx.actor.kind === 'operator'
  const { inviteCode } = draft
  if (settings.registrations === 'closed' && !isOperator && !inviteCode) throw new Forbidden()
  refuse(await checkSignUp(ctx, draft, settings))
  const email = parseEmail(draft.email) ?? ''
  if (!isOperator) await assertMayMail('confirm-email', email)
  const passwordHash = await hashPassword(draft.password)
  const { username, locale, timeZone, reason, ip } = draft
  return transact(ctx, async (ctx) => {
    const inviteId = inviteCode ? await useInvite(ctx, inviteCode) : null
    const account = await recordAccount(ctx, { username })
    const user = await User.create(
      {
        accountId: account.id,
        email,
        passwordHash,
        locale: localeOf(locale),
        ...(isTimeZone(timeZone) ? { preferences: { timeZone } } : {}),
        reason: reason?.trim() || null,
        signUpIp: ip ?? null,
        inviteId,
        approvedAt: isOperator || inviteId || settings.registrations === 'open' ? now() : null,
        ...(isOperator ? { role: draft.role ?? 'user', confirmedAt: draft.isConfirmed ? now() : null } : {}),
      },
      { transaction: ctx.tx },
    )
    if (!user.confirmedAt) await sendVerification(ctx, { user, kind: 'confirm-email' })
    return user
  }).catch(refuseTaken)
}

const isTimeZone = (name = ''): boolean => Intl.supportedValuesOf('timeZone').includes(name)

const localeOf = (text = ''): string => (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text) ? text : 'en')

// Somebody else was faster with the same name or address.
function refuseTaken(error: unknown): never {
  if (codeOf(error) === '23505') {
    const text = Error.isError(error) && 'fields' in error ? JSON.stringify(error.fields) : ''
    refuse([[text.includes('email') ? 'email' : 'username', 'ERR_TAKEN']])
  }
  throw error
}
