import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Announcement } from './announcement.model.ts'
import { assertMayAnnounce } from './announcement.policy.ts'

/**
 * Shows an announcement to nobody any more, nor publishes it by itself; it can be published again. Throws Forbidden,
 * NotFound.
 */
export const withdrawAnnouncement = (ctx: Ctx, { announcementId }: { announcementId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => {
    assertMayAnnounce(ctx.actor)
    const transaction = ctx.tx
    const found = await Announcement.findByPk(announcementId, { transaction, lock: true })
    if (!found) throw new NotFound()
    const wasShown = found.publishedAt !== null
    await found.update({ publishedAt: null, scheduledAt: null }, { transaction })
    if (wasShown) await emit(ctx, 'announcement.withdrawn', { announcementId })
  })
