import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import { transact } from '#platform/transact'
import { changeAccess } from './access.ts'
import { findVerification } from './find-verification.ts'
import type { User } from './user.model.ts'

/** Confirms the address that a mailed link was sent to; the link works once. Throws NotFound for a dead link. */
export const verifyEmail = (ctx: Ctx, { token }: { token: string }): Promise<User> =>
  transact(ctx, async (ctx) => {
    const found = await findVerification(ctx, { token, kind: 'confirm-email' })
    if (!found) throw new NotFound()
    await found.verification.destroy({ transaction: ctx.tx })
    await found.user.update({ confirmedAt: found.user.confirmedAt ?? now() }, { transaction: ctx.tx })
    await changeAccess(ctx, { userId: found.user.id, isOver: false })
    return found.user
  })
