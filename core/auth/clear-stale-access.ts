import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

/**
 * Removes what opens nothing any more: sessions, links and codes that are over, and tokens that were revoked a month
 * ago or that an app made for itself and has not used for three. A used code stays a day longer, so that a
 * second use is still noticed.
 */
export async function clearStaleAccess(ctx: Ctx): Promise<void> {
  const statements = [
    `DELETE FROM sessions WHERE expires_at < now() OR created_at < now() - interval '180 days'`,
    'DELETE FROM verifications WHERE expires_at < now()',
    `DELETE FROM oauth_codes WHERE expires_at < now() - interval '1 day'`,
    `DELETE FROM oauth_tokens WHERE revoked_at < now() - interval '30 days'`,
    `DELETE FROM oauth_tokens
     WHERE user_id IS NULL AND coalesce(last_used_at, created_at) < now() - interval '90 days'`,
    `DELETE FROM active_weeks WHERE week < now() - interval '13 weeks'`,
  ]
  for (const statement of statements) await rows(ctx, statement)
}
