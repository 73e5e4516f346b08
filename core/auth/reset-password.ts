import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { oweOne } from '#platform/owed-work'
import { hashPassword } from '#platform/passwords'
import { transact } from '#platform/transact'
import { checkPassword } from './check-password.ts'
import { endSessions } from './end-sessions.ts'
import { refuse } from '../field-problems.ts'
import { findVerification } from './find-verification.ts'
import { revokeTokens } from './revoke-tokens.ts'

/**
 * Sets a new password for whoever reads the mail of an account, and ends every session and every token of it, since
 * somebody else may hold one (MASTODON-2.9.3-c). Throws NotFound for a dead link, Invalid for a bad password.
 */
export async function resetPassword(
  ctx: Ctx,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const known = await findVerification(ctx, { token, kind: 'reset-password' })
  if (!known) throw new NotFound()
  const problem = checkPassword(password, [known.user.email])
  refuse(problem ? [['password', problem]] : [])
  const passwordHash = await hashPassword(password)
  await transact(ctx, async (ctx) => {
    const found = await findVerification(ctx, { token, kind: 'reset-password' })
    if (!found) throw new NotFound()
    await found.verification.destroy({ transaction: ctx.tx })
    await found.user.update({ passwordHash }, { transaction: ctx.tx })
    await endSessions(ctx, { userId: found.user.id })
    await revokeTokens(ctx, { userId: found.user.id })
    await oweOne(ctx, { kind: 'mail', payload: { mail: 'password-changed', userId: found.user.id } })
  })
}
