import type { Ctx } from '../ctx.ts'
import { cleanText } from '../text/clean-text.ts'
import { Announcement } from './announcement.model.ts'
import { assertMayAnnounce, checkAnnouncement } from './announcement.policy.ts'
import { composeAnnouncement } from './compose-announcement.ts'

export type AnnouncementDraft = {
  text: string
  /** When what it speaks of begins and ends; it is shown no longer than until the end. */
  startsAt?: Date | null
  endsAt?: Date | null
  isAllDay?: boolean
  /** When it is published by itself; without, it waits for `publishAnnouncement`. */
  scheduledAt?: Date | null
}

/** Writes an announcement that nobody sees yet. Throws Forbidden, Invalid. */
export async function createAnnouncement(
  ctx: Ctx,
  { text: typed, startsAt = null, endsAt = null, isAllDay = false, scheduledAt = null }: AnnouncementDraft,
): Promise<Announcement> {
  assertMayAnnounce(ctx.actor)
  const text = cleanText(typed).trim()
  checkAnnouncement(text, { startsAt, endsAt })
  const draft = { ...(await composeAnnouncement(ctx, text)), startsAt, endsAt, isAllDay, scheduledAt }
  return Announcement.create(draft, { transaction: ctx.tx ?? null })
}
