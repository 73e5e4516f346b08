import { findUser } from '#core/auth/find-user'
import type { Ctx } from '#core/ctx'

/** The context in which an operator does something for a member, by user name. Throws NotFound. */
export async function memberCtx(ctx: Ctx, username: string): Promise<Ctx> {
  const { id: userId, accountId, role } = await findUser(ctx, { username })
  return { ...ctx, actor: { kind: 'person', accountId, userId, role } }
}
