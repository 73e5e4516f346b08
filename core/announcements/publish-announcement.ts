import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Announcement } from './announcement.model.ts'
import { assertMayAnnounce } from './announcement.policy.ts'

/** Shows an announcement to everybody from now on; a repeat changes nothing. Throws Forbidden, NotFound. */
export const publishAnnouncement = (ctx: Ctx, { announcementId }: { announcementId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    assertMayAnnounce(ctx.actor)
    const transaction = ctx.tx
    const found = await Announcement.findByPk(announcementId, { transaction, lock: true })
    if (!found) throw new NotFound()
    if (found.publishedAt) return
    await found.update({ publishedAt: now(), scheduledAt: null, updatedAt: now() }, { transaction })
    await emit(ctx, 'announcement.published', { announcementId })
  })
