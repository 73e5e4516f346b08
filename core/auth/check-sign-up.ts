import { col, fn, where } from 'sequelize'
import { now } from '#platform/clock'
import type { Role } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import type { Settings } from '../instances/read-settings.ts'
import { checkPassword } from './check-password.ts'
import { checkUsername } from './check-username.ts'
import type { Problem, ProblemCode } from '../field-problems.ts'
import { parseEmail } from './parse-email.ts'
import { User } from './user.model.ts'

export type NewMember = {
  username: string
  email: string
  password: string
  agreement: boolean
  locale?: string | undefined
  /** Of the tz database: `Europe/Berlin`. */
  timeZone?: string | undefined
  /** Why they want to join, where newcomers are looked at first. */
  reason?: string | undefined
  /** YYYY-MM-DD, where there is a minimum age. */
  birthDate?: string | undefined
  /** Opens closed registrations, and needs no reason and no nod. */
  inviteCode?: string | undefined
  ip?: string | undefined
  /** Only operators say these. */
  role?: Role
  isConfirmed?: boolean
}

const REASON = 2000

/** Everything that is wrong with a sign-up, field by field (OAUTH-32). */
export async function checkSignUp(ctx: Ctx, draft: NewMember, settings: Settings): Promise<Problem[]> {
  const { username, email, password, agreement, reason, birthDate } = draft
  const isOperator = ctx.actor.kind === 'operator'
  const found: Record<string, ProblemCode | undefined | false> = {
    username: await checkUsername(ctx, username, isOperator),
    email: await checkEmail(ctx, email),
    password: checkPassword(password, [username, email]),
    agreement: !isOperator && !agreement && 'ERR_ACCEPTED',
    reason: !isOperator && !draft.inviteCode && checkReason(reason?.trim() ?? '', settings),
    date_of_birth: !isOperator && checkAge(birthDate, settings.minimumAge),
  }
  return Object.entries(found).flatMap(([field, code]) => (code ? [[field, code] as const] : []))
}

async function checkEmail(ctx: Ctx, email: string): Promise<ProblemCode | undefined> {
  if (email.trim() === '') return 'ERR_BLANK'
  const address = parseEmail(email)
  if (!address) return 'ERR_INVALID'
  const isTaken = await User.count({
    where: where(fn('lower', col('email')), address.toLowerCase()),
    transaction: ctx.tx ?? null,
  })
  return isTaken ? 'ERR_TAKEN' : undefined
}

function checkReason(reason: string, settings: Settings): ProblemCode | undefined {
  if (settings.registrations !== 'approval') return undefined
  if (reason === '') return 'ERR_BLANK'
  return [...reason].length > REASON ? 'ERR_TOO_LONG' : undefined
}

function checkAge(birthDate: string | undefined, minimum: number | null): ProblemCode | undefined {
  if (minimum === null) return undefined
  if (!birthDate) return 'ERR_BLANK'
  const born = new Date(`${birthDate}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || Number.isNaN(born.getTime())) return 'ERR_INVALID'
  const comingOfAge = new Date(born)
  comingOfAge.setUTCFullYear(born.getUTCFullYear() + minimum)
  return comingOfAge > now() ? 'ERR_BELOW_LIMIT' : undefined
}
