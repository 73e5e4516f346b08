import { Forbidden, Invalid } from '#platform/errors'
import { secret } from '#platform/ids'
import type { Ctx } from '../ctx.ts'
import { Invite } from './invite.model.ts'

const BYTES = 9

/** How often it may be used and until when; without, neither ends it. */
export type NewInvite = { maxUses?: number | undefined; expiresAt?: Date | undefined; note?: string }

/** Makes a code that lets people sign up. Throws Forbidden for anybody but operators, Invalid for a number of uses that is none. */
export async function createInvite(ctx: Ctx, { maxUses, expiresAt, note = '' }: NewInvite): Promise<Invite> {
  if (ctx.actor.kind !== 'operator') throw new Forbidden()
  if (maxUses !== undefined && !(Number.isInteger(maxUses) && maxUses > 0))
    throw new Invalid('An invite can be used a whole number of times.')
  const invite = await Invite.create(
    { code: secret(BYTES), note, maxUses: maxUses ?? null, expiresAt: expiresAt ?? null },
    { transaction: ctx.tx ?? null },
  )
  return invite.reload({ transaction: ctx.tx ?? null })
}
