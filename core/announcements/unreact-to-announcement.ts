import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { tellStreams } from '../stream.ts'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { transact } from '#platform/transact'
import { findCurrent } from './find-current.ts'
import type { AnnouncementReaction } from './react-to-announcement.ts'

/** Takes a reaction of the actor back. Throws NotFound when there is none (MISC-10). */
export const unreactToAnnouncement = (
  ctx: Ctx,
  { announcementId, name }: AnnouncementReaction,
): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findCurrent(ctx, announcementId)
    const gone = await rows(
      ctx,
      `DELETE FROM announcement_reactions WHERE announcement_id = $1 AND account_id = $2 AND name = $3 RETURNING id`,
      [announcementId, actingId(ctx), name],
    )
    if (gone.length === 0) throw new NotFound()
    await tellStreams(ctx, { event: 'announcement.reaction', announcementId, name })
  })
