import { Forbidden } from '#platform/errors'
import type { Ctx } from '../ctx.ts'
import { User } from './user.model.ts'

/** What `keepWebSettings` kept for the acting member; nothing kept is an empty object. */
export async function readWebSettings(ctx: Ctx): Promise<unknown> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const user = await User.findByPk(ctx.actor.userId, { transaction: ctx.tx ?? null })
  return user?.preferences.web ?? {}
}
