import type { EmojiUse } from '../accounts/account.model.ts'
import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { AnnouncedAccount, AnnouncedPost, AnnouncedTag } from './announcement.model.ts'
import { isCurrent } from './announcement.policy.ts'

/** A reaction to an announcement: how many gave it, and whether the viewer did. */
export type Reacted = { name: string; count: number; isMine: boolean }

/** An announcement as one viewer finds it, or as nobody in particular does. */
export type AnnouncementCard = {
  id: Id
  html: string
  mentions: AnnouncedAccount[]
  posts: AnnouncedPost[]
  hashtags: AnnouncedTag[]
  emojis: EmojiUse[]
  startsAt: Date | null
  endsAt: Date | null
  isAllDay: boolean
  publishedAt: Date | null
  updatedAt: Date
  isRead: boolean
  reactions: Reacted[]
}

const reactions = `coalesce((SELECT jsonb_agg(jsonb_build_object('name', r.name, 'count', r.count, 'isMine', r.mine)
    ORDER BY r.first) FROM (
      SELECT name, count(*)::int AS count, coalesce(bool_or(account_id = $1), false) AS mine, min(id) AS first
      FROM announcement_reactions WHERE announcement_id = n.id GROUP BY name) AS r), '[]') AS reactions`

const cards = `SELECT n.id, n.html, n.mentions, n.posts, n.hashtags, n.emojis, n.starts_at AS "startsAt",
    n.ends_at AS "endsAt", n.is_all_day AS "isAllDay", n.published_at AS "publishedAt", n.updated_at AS "updatedAt",
    EXISTS (SELECT FROM announcement_dismissals AS d WHERE d.announcement_id = n.id AND d.account_id = $1) AS "isRead",
    ${reactions}
  FROM announcements AS n WHERE ${isCurrent}`

/** The announcements that are shown now, the oldest first (MISC-10). One query. */
export const announcementsFor = (ctx: Pick<Ctx, 'tx'>, accountId: Id | null): Promise<AnnouncementCard[]> =>
  rows(ctx, `${cards} ORDER BY n.id`, [accountId])

/** One of them, or undefined. */
export const announcementFor = (
  ctx: Pick<Ctx, 'tx'>,
  accountId: Id | null,
  id: Id,
): Promise<AnnouncementCard | undefined> => row(ctx, `${cards} AND n.id = $2`, [accountId, id])

/** All that were ever written, for the staff, the latest first. */
export const allAnnouncements = (ctx: Pick<Ctx, 'tx'>) =>
  rows<{ id: Id; text: string; scheduledAt: Date | null; publishedAt: Date | null; endsAt: Date | null }>(
    ctx,
    `SELECT id, text, scheduled_at AS "scheduledAt", published_at AS "publishedAt", ends_at AS "endsAt"
     FROM announcements ORDER BY id DESC`,
  )
