import { limits } from '#config/limits'
import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findEmojis } from '../media/find-emojis.ts'
import { tellStreams } from '../stream.ts'
import { row, rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findCurrent } from './find-current.ts'

export type AnnouncementReaction = { announcementId: Id; name: string }

const emoji = /^\p{RGI_Emoji}$/v

/**
 * Adds a reaction of the actor: an emoji, or the code of one of this instance's own. Throws NotFound, Invalid for what is
 * no emoji, what the actor gave already, and a ninth different one (MISC-10).
 */
export const reactToAnnouncement = (
  ctx: Ctx,
  { announcementId, name }: AnnouncementReaction,
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const accountId = actingId(ctx)
    await findCurrent(ctx, announcementId)
    if (!emoji.test(name) && !(await isOwn(ctx, name)))
      throw new Invalid('Validation failed: Name is not a recognized emoji')
    const room = await row<{ isFull: boolean }>(ctx, isFull, [announcementId, name])
    if (room?.isFull) throw new Invalid('Validation failed: Limit of different reactions reached')
    const written = await rows(ctx, insertion, [announcementId, accountId, name])
    if (written.length === 0) throw new Invalid('Validation failed: Name has already been taken')
    await tellStreams(ctx, { event: 'announcement.reaction', announcementId, name })
  })

const isOwn = async (ctx: Ctx, name: string): Promise<boolean> =>
  /^\w+$/.test(name) && (await findEmojis(ctx, `:${name}:`)).length > 0

const isFull = `SELECT count(*) >= ${limits.announcement.reactions} AS "isFull" FROM (
  SELECT DISTINCT name FROM announcement_reactions WHERE announcement_id = $1 AND name <> $2) AS other`

const insertion = `INSERT INTO announcement_reactions (announcement_id, account_id, name) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING RETURNING id`
