import type { Ctx } from '../ctx.ts'
import { tellStreams } from '../stream.ts'
import type { Facts } from '#platform/facts'
import { row } from '#platform/db'
import { isCurrent } from './announcement.policy.ts'

/**
 * Tells open streams of an announcement as it is now, or that it is gone (STRM-09). As a consequence, since those who
 * announce things by the command line have no connection to streams.
 */
export async function tellOfAnnouncement(
  ctx: Ctx,
  { announcementId }: Facts['announcement.published'] | Facts['announcement.withdrawn'],
): Promise<void> {
  const isShown = await row(ctx, `SELECT 1 FROM announcements AS n WHERE n.id = $1 AND ${isCurrent}`, [
    announcementId,
  ])
  await tellStreams(ctx, { event: isShown ? 'announcement' : 'announcement.delete', announcementId })
}
