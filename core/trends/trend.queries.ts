import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { readSettings } from '../instances/read-settings.ts'
import { isInLanguages, visibleTo, welcomeTo } from '../posts/post.policy.ts'
import { previewCard, previewJoins, type PreviewCard } from '../previews/preview-card.ts'
import type { TagCard } from '../tags/tag.queries.ts'
import { dayOf, historyDays } from '../tags/tag.queries.ts'
import { now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { firstIdOf, type Id } from '#platform/ids'

export type TrendPage = { limit: number; offset: number }

/** A link that trends, with its last seven days; days without any are left out. */
export type TrendingLink = {
  id: Id
  card: PreviewCard
  days: { day: number; uses: number; accounts: number }[]
}

/** What nobody has looked at is shown where the instance says so; what staff refused, never (MISC-11). */
const isAllowed = (verdict: string): string => `(${verdict} OR ($1 AND ${verdict} IS NULL))`

/** Undefined while trends are off. */
async function reviewing(ctx: Pick<Ctx, 'tx'>): Promise<{ showsUnseen: boolean } | undefined> {
  const { trends } = await readSettings(ctx)
  return trends === 'off' ? undefined : { showsUnseen: trends === 'open' }
}

/** Hashtags that trend, the most first (MISC-11). */
export async function trendingTags(ctx: Ctx, { limit, offset }: TrendPage): Promise<TagCard[]> {
  const by = await reviewing(ctx)
  if (!by) return []
  return rows<TagCard>(
    ctx,
    `SELECT h.id, h.name, h.display_name AS "displayName" FROM trends AS t JOIN hashtags AS h ON h.id = t.subject_id
     WHERE t.kind = 'tags' AND h.is_listable AND ${isAllowed('h.is_trendable')}
     ORDER BY t.score DESC, t.subject_id LIMIT $2 OFFSET $3`,
    [by.showsUnseen, limit, offset],
  )
}

/** Posts that trend, the most first, without those by people the viewer does not want to meet (MISC-11). */
export async function trendingPosts(ctx: Ctx, { limit, offset }: TrendPage): Promise<Id[]> {
  const by = await reviewing(ctx)
  if (!by) return []
  const viewerId = accountIdOf(ctx.actor)
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM trends AS t JOIN posts AS p ON p.id = t.subject_id
       LEFT JOIN trend_verdicts AS v ON v.post_id = p.id
     WHERE t.kind = 'statuses' AND ${isAllowed('v.is_trendable')} AND p.visibility = 'public' AND NOT p.is_sensitive
       AND ${visibleTo('$4::bigint')} AND (SELECT a.silenced_at IS NULL FROM accounts AS a WHERE a.id = p.author_id)
       AND ($4::bigint IS NULL OR (${welcomeTo('$4::bigint', 'p.author_id')} AND ${isInLanguages('$4::bigint')}))
     ORDER BY t.score DESC, t.subject_id LIMIT $2 OFFSET $3`,
    [by.showsUnseen, limit, offset, viewerId ?? null],
  )
  return found.map(({ id }) => id)
}

// Scalar for the few of a page; by its index for each.
const days = `coalesce((SELECT jsonb_agg(d) FROM (
    SELECT (pp.post_id >> 16) / 86400000 AS day, count(*) AS uses, count(DISTINCT p.author_id) AS accounts
    FROM post_previews AS pp JOIN posts AS p ON p.id = pp.post_id AND p.visibility = 'public'
    WHERE pp.preview_id = v.id AND pp.post_id >= $4 GROUP BY 1) AS d), '[]')`

/** Links that trend, the most first, with their cards and history (MISC-11). */
export async function trendingLinks(ctx: Ctx, { limit, offset }: TrendPage): Promise<TrendingLink[]> {
  const by = await reviewing(ctx)
  if (!by) return []
  return rows<TrendingLink>(
    ctx,
    `SELECT v.id, ${previewCard} AS card, ${days} AS days
     FROM (SELECT v.id, t.score FROM trends AS t JOIN previews AS v ON v.id = t.subject_id
         WHERE t.kind = 'links' AND v.state = 'ready' AND ${isAllowed('v.is_trendable')}
         ORDER BY t.score DESC, t.subject_id LIMIT $2 OFFSET $3) AS page
       JOIN previews AS v ON v.id = page.id ${previewJoins}
     ORDER BY page.score DESC, page.id`,
    [by.showsUnseen, limit, offset, firstIdOf(new Date((dayOf(now()) - historyDays + 1) * 86_400_000))],
  )
}

/** The preview of an address that trends; undefined for every other (TL-13). */
export async function trendingLinkAt(ctx: Ctx, url: string): Promise<Id | undefined> {
  const by = await reviewing(ctx)
  const address = URL.parse(url)
  if (!by || !address) return undefined
  address.hash = ''
  const found = await row<{ id: Id }>(
    ctx,
    `SELECT v.id FROM previews AS v JOIN trends AS t ON t.kind = 'links' AND t.subject_id = v.id
     WHERE v.url = $2 AND v.state = 'ready' AND ${isAllowed('v.is_trendable')}`,
    [by.showsUnseen, address.href],
  )
  return found?.id
}
