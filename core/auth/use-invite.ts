import { row } from '#platform/db'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import type { Ctx } from '../ctx.ts'

/**
 * Counts one use of an invite, in the transaction of the sign-up, and gives its id. Throws Forbidden for one that is over
 * or that there is not: of two newcomers with the last use one comes in.
 */
export async function useInvite(ctx: Ctx, code: string): Promise<Id> {
  const used = await row<{ id: Id }>(
    ctx,
    `UPDATE invites SET uses = uses + 1
     WHERE code = $1 AND (max_uses IS NULL OR uses < max_uses) AND (expires_at IS NULL OR expires_at > now())
     RETURNING id`,
    [code],
  )
  if (!used) throw new Forbidden('This invite is used up or over')
  return used.id
}
