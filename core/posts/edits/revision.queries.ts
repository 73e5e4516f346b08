import type { EmojiUse } from '../../accounts/account.model.ts'
import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { mediumCard, type MediumCard } from '../post.queries.ts'

/** A post as it was from `createdAt` on. */
export type Revision = {
  html: string
  spoilerText: string
  isSensitive: boolean
  emojis: EmojiUse[]
  media: MediumCard[]
  pollOptions: string[] | null
  createdAt: Date
}

/** Everything a post ever said, oldest first, with what it says now at the end (STAT-17). One query. */
export const revisionsOf = (ctx: Ctx, postId: Id): Promise<Revision[]> =>
  rows<Revision>(
    ctx,
    `SELECT html, spoiler_text AS "spoilerText", is_sensitive AS "isSensitive", emojis, media,
       poll_options AS "pollOptions", created_at AS "createdAt"
     FROM (
       SELECT id AS at, html, spoiler_text, is_sensitive, emojis, media, poll_options, created_at
       FROM post_edits WHERE post_id = $1
       UNION ALL
       SELECT 9223372036854775807, p.html, p.spoiler_text, p.is_sensitive, p.emojis,
         coalesce((SELECT jsonb_agg(${mediumCard} ORDER BY m.position, m.id)
           FROM media AS m WHERE m.post_id = p.id), '[]'),
         (SELECT to_jsonb(q.options) FROM polls AS q WHERE q.post_id = p.id),
         coalesce(p.edited_at, p.published_at)
       FROM posts AS p WHERE p.id = $1) AS revisions
     ORDER BY at`,
    [postId],
  )
