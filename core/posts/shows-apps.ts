import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'

/** Do others see by which app the actor's posts were written (POST-21)? They do unless they said otherwise. */
export async function showsApps(ctx: Ctx): Promise<boolean> {
  const found = await row<{ hides: boolean | null }>(
    ctx,
    `SELECT (preferences->>'hidesApps')::boolean AS hides FROM users WHERE id = $1`,
    [actingPerson(ctx).userId],
  )
  return !found?.hides
}
