import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { publishAnnouncement } from './publish-announcement.ts'
import { withdrawAnnouncement } from './withdraw-announcement.ts'

/** Publishes the announcements whose time has come and withdraws those that have ended. A sweep. */
export async function turnAnnouncements(ctx: Ctx): Promise<void> {
  const due = await rows<{ id: Id }>(
    ctx,
    'SELECT id FROM announcements WHERE scheduled_at <= $1 ORDER BY id',
    [now()],
  )
  for (const { id: announcementId } of due) await publishAnnouncement(ctx, { announcementId })
  const over = await rows<{ id: Id }>(
    ctx,
    'SELECT id FROM announcements WHERE published_at IS NOT NULL AND ends_at <= $1 ORDER BY id',
    [now()],
  )
  for (const { id: announcementId } of over) await withdrawAnnouncement(ctx, { announcementId })
}
