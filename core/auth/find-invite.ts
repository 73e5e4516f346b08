import { NotFound } from '#platform/errors'
import type { Ctx } from '../ctx.ts'
import { Invite } from './invite.model.ts'

/** Finds an invite by its code, open or over. Throws NotFound. */
export async function findInvite(ctx: Ctx, code: string): Promise<Invite> {
  const invite = await Invite.findOne({ where: { code }, transaction: ctx.tx ?? null })
  if (!invite) throw new NotFound()
  return invite
}
