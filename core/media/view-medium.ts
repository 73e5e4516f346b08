import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** Notes that somebody looked at the copy of a medium elsewhere, at most once a day, so that it is kept. */
export async function viewMedium(ctx: Ctx, mediumId: Id): Promise<void> {
  await rows(
    ctx,
    `UPDATE media SET viewed_at = now() WHERE id = $1 AND remote_url IS NOT NULL AND viewed_at < now() - interval '1 day'`,
    [mediumId],
  )
}
