import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

/** Removes apps that were registered more than a day ago and that nobody has let in since (threats T6). */
export async function clearUnusedApps(ctx: Ctx): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM oauth_apps AS app WHERE created_at < now() - interval '1 day'
       AND NOT EXISTS (SELECT FROM oauth_tokens WHERE app_id = app.id)
       AND NOT EXISTS (SELECT FROM oauth_codes WHERE app_id = app.id)`,
  )
}
