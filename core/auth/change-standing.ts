import type { Role } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { Forbidden } from '#platform/errors'
import { oweOne } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { changeAccess } from './access.ts'
import type { User } from './user.model.ts'

export type Standing = { role?: Role; isConfirmed?: true; isApproved?: true }

/** Gives a member another role, or confirms or approves them, with effect at once everywhere. Operators only. */
export async function changeStanding(
  ctx: Ctx,
  { user, change }: { user: User; change: Standing },
): Promise<User> {
  if (ctx.actor.kind !== 'operator') throw new Forbidden()
  const { role = user.role, isConfirmed, isApproved } = change
  const isLetIn = isApproved === true && user.approvedAt === null
  return transact(ctx, async (ctx) => {
    await user.update(
      {
        role,
        confirmedAt: user.confirmedAt ?? (isConfirmed ? now() : null),
        approvedAt: user.approvedAt ?? (isApproved ? now() : null),
      },
      { transaction: ctx.tx },
    )
    if (isLetIn) await oweOne(ctx, { kind: 'mail', payload: { mail: 'let-in', userId: user.id } })
    await changeAccess(ctx, { userId: user.id, isOver: false })
    return user
  })
}
