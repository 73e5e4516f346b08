import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

/** Frees the name and the address of sign-ups that nobody confirmed within a week. */
export async function clearAbandonedSignUps(ctx: Ctx): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM accounts WHERE id IN (
       SELECT account_id FROM users WHERE confirmed_at IS NULL AND created_at < now() - interval '7 days')`,
  )
}
