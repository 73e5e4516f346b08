import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { moveAccount } from '../accounts/move-account.ts'
import { assertPassword } from './assert-password.ts'
import { User } from './user.model.ts'

type Farewell = { acct: string; password: string; ip: string }

/** A member moves away and gives the password for it. Throws Forbidden, TooMany, and as `moveAccount`. */
export async function moveAway(ctx: Ctx, { acct, password, ip }: Farewell): Promise<void> {
  const user = await User.findByPk(actingPerson(ctx).userId, { rejectOnEmpty: true })
  await assertPassword(user, password, ip)
  await moveAccount(ctx, { acct })
}
