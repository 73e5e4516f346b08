import type { Transaction } from 'sequelize'
import { Gone, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { localAccount } from './account.queries.ts'

/**
 * Finds a member of this instance by user name, in any case. Throws NotFound when there is none, and Gone for one
 * that was deleted or suspended.
 */
export async function findLocalAccount(
  ctx: { tx?: Transaction | undefined },
  username: string,
): Promise<{ id: Id }> {
  const found = await localAccount(ctx, username)
  if (!found) throw new NotFound()
  if (found.isGone) throw new Gone()
  return { id: found.id }
}
