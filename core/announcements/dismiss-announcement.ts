import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { findCurrent } from './find-current.ts'

/** Marks an announcement as read by the actor; a repeat changes nothing (MISC-10). Throws NotFound. */
export async function dismissAnnouncement(
  ctx: Ctx,
  { announcementId }: { announcementId: Id },
): Promise<void> {
  await findCurrent(ctx, announcementId)
  await rows(
    ctx,
    `INSERT INTO announcement_dismissals (announcement_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [announcementId, actingId(ctx)],
  )
}
