import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lookUpAccount } from './look-up-account.ts'
import { parseHandle } from './parse-handle.ts'

/**
 * Finds an account by handle, at its own server if need be, and gives its id; `anew` asks that server in any case. Throws
 * NotFound.
 */
export async function resolveAccount(
  ctx: Ctx,
  { acct, anew = false }: { acct: string; anew?: boolean },
): Promise<Id> {
  const handle = parseHandle(acct)
  if (!handle) throw new NotFound()
  const { username, domain } = handle
  if (domain === null) return (await lookUpAccount(ctx, { acct: username })).id
  const id = await ctx.remote.findAccount(ctx, { username, domain }, { anew })
  if (!id) throw new NotFound()
  return id
}
