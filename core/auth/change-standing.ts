import type { Role } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { Forbidden } from '#platform/errors'
import { oweOne } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { changeAccess } from './access.ts'
import { endSessions } from './end-sessions.ts'
import type { User } from './user.model.ts'

export type Standing = { role?: Role; isConfirmed?: true; isApproved?: true; isDisabled?: boolean }

/**
 * Gives a member another role, confirms or approves them, or closes their log-in and opens it again, with effect at once
 * everywhere: a log-in that is closed ends its sessions and streams (CVE-2025-62175). Operators only.
 */
export async function changeStanding(
  ctx: Ctx,
  { user, change }: { user: User; change: Standing },
): Promise<User> {
  if (ctx.actor.kind !== 'operator') throw new Forbidden()
  const { role = user.role, isConfirmed, isApproved, isDisabled } = change
  const isLetIn = isApproved === true && user.approvedAt === null
  return transact(ctx, async (ctx) => {
    await user.update(
      {
        role,
        confirmedAt: user.confirmedAt ?? (isConfirmed ? now() : null),
        approvedAt: user.approvedAt ?? (isApproved ? now() : null),
        ...(isDisabled === undefined ? {} : { disabledAt: isDisabled ? (user.disabledAt ?? now()) : null }),
      },
      { transaction: ctx.tx },
    )
    if (isLetIn) await oweOne(ctx, { kind: 'mail', payload: { mail: 'let-in', userId: user.id } })
    if (isDisabled) await endSessions(ctx, { userId: user.id })
    await changeAccess(ctx, { userId: user.id, isOver: isDisabled === true })
    return user
  })
}
