import type { Ctx } from '../ctx.ts'
import { cleanText } from '../text/clean-text.ts'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Announcement } from './announcement.model.ts'
import { assertMayAnnounce, checkAnnouncement } from './announcement.policy.ts'
import { composeAnnouncement } from './compose-announcement.ts'
import type { AnnouncementDraft } from './create-announcement.ts'

type Changes = { announcementId: Id } & { [K in keyof AnnouncementDraft]?: AnnouncementDraft[K] | undefined }

/** Changes what is given of an announcement; open streams are told when it is published. Throws Forbidden, NotFound, Invalid. */
export const editAnnouncement = (ctx: Ctx, { announcementId, ...changes }: Changes): Promise<Announcement> =>
  transact(ctx, async (ctx) => {
    assertMayAnnounce(ctx.actor)
    const transaction = ctx.tx
    const found = await Announcement.findByPk(announcementId, { transaction, lock: true })
    if (!found) throw new NotFound()
    const { text: typed = found.text, startsAt = found.startsAt, endsAt = found.endsAt } = changes
    const text = cleanText(typed).trim()
    checkAnnouncement(text, { startsAt, endsAt })
    const { isAllDay = found.isAllDay, scheduledAt = found.scheduledAt } = changes
    const columns = { startsAt, endsAt, isAllDay, scheduledAt: found.publishedAt ? null : scheduledAt }
    const composed = await composeAnnouncement(ctx, text)
    await found.update({ ...composed, ...columns, updatedAt: now() }, { transaction })
    if (found.publishedAt) await emit(ctx, 'announcement.published', { announcementId })
    return found
  })
