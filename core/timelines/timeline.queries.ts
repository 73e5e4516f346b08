import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, LARGEST, pageOf } from '../paging.ts'
import type { Stretch } from '../posts/page-mark.ts'
import { isInLanguages, welcomeTo } from '../posts/post.policy.ts'
import { normalizeHashtag } from '../text/normalize-hashtag.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** Which posts of all: those of members here, of others, only with attachments. */
export type Narrowing = {
  local?: boolean | undefined
  remote?: boolean | undefined
  onlyMedia?: boolean | undefined
}

/** A condition in SQL: is the post `p` in the public timelines (TL-09)? Spelt as the indexes posts_public… have it. */
export const isListed = `p.visibility = 'public' AND p.boost_of_id IS NULL
  AND (p.reply_to_account_id IS NULL OR p.reply_to_account_id = p.author_id) AND p.reply_to_uri IS NULL`

/** A condition in SQL: is the post `p` one of those that are asked for? */
export const narrowed = ({ local, remote, onlyMedia }: Narrowing): string =>
  [
    'true',
    ...(local && !remote ? ['p.uri IS NULL'] : []),
    ...(remote && !local ? ['p.uri IS NOT NULL'] : []),
    ...(onlyMedia ? ['p.has_media'] : []),
  ].join(' AND ')

/**
 * A condition in SQL: does the viewer, if any, meet the author of `p` in public timelines? Limited and suspended accounts
 * are in none (TL-09), nor who is not welcome, nor other languages (TL-10). A scalar subquery, as PostgreSQL would read
 * all accounts to join them where the page only needs a few.
 */
export const isWanted = (
  viewer: string | undefined,
): string => `(SELECT a.suspended_at IS NULL AND a.silenced_at IS NULL
    AND a.gone_at IS NULL FROM accounts AS a WHERE a.id = p.author_id)
  ${viewer ? `AND ${welcomeTo(viewer, 'p.author_id')} AND ${isInLanguages(viewer)}` : ''}`

const viewerIn = (ctx: Ctx) => {
  const id = accountIdOf(ctx.actor)
  return id ? { sql: '$1::bigint', values: [id] } : { sql: undefined, values: [] }
}

/** The public timeline: posts of everybody without boosts and answers to others, newest first (TL-09 to TL-11). */
export async function publicTimeline(ctx: Ctx, narrowing: Narrowing, cursors: Cursors): Promise<Id[]> {
  const viewer = viewerIn(ctx)
  const { where, order, values, newestFirst } = pageOf(cursors, 'p.id', viewer.values.length + 1)
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM posts AS p WHERE ${isListed} AND ${narrowed(narrowing)} AND ${isWanted(viewer.sql)}
       AND ${where} ${order}`,
    [...viewer.values, ...values],
  )
  return newestFirst(found).map(({ id }) => id)
}

/** The stretch of the public timeline that a page of it was taken from; undefined for one that was read upwards. */
export function publicStretch(
  narrowing: Narrowing,
  cursors: Cursors,
  page: readonly Id[],
): Stretch | undefined {
  if (cursors.min_id) return undefined
  const isFull = page.length > 0 && page.length === cursors.limit
  return {
    rows: `SELECT p.id, p.xmin FROM posts AS p WHERE ${isListed} AND ${narrowed(narrowing)}
      AND p.id >= $4::bigint AND p.id < $5::bigint ORDER BY p.id DESC`,
    low: isFull ? page.at(-1)! : (cursors.since_id ?? '0'),
    high: cursors.max_id ?? LARGEST,
  }
}

/** A hashtag, and others that a post may have instead, must have too, or must not have; up to four of each. */
export type TagQuery = { tag: string; any?: string[]; all?: string[]; none?: string[] }

const MOST = 4

/** The timeline of a hashtag: public posts with it, answers included, newest first; none for an unknown one (TL-12). */
export async function tagTimeline(
  ctx: Ctx,
  query: TagQuery,
  narrowing: Narrowing,
  cursors: Cursors,
): Promise<Id[]> {
  const tags = await tagIds(ctx, query)
  if (!tags) return []
  const viewer = viewerIn(ctx)
  const first = viewer.values.length + 1
  const { where, order, values, newestFirst } = pageOf(cursors, 'ph.post_id', first + 4)
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT DISTINCT found.id FROM unnest($${first}::bigint[]) AS t (id) CROSS JOIN LATERAL (
       SELECT ph.post_id AS id FROM post_hashtags AS ph JOIN posts AS p ON p.id = ph.post_id
       WHERE ph.hashtag_id = t.id AND ph.is_public AND ${narrowed(narrowing)} AND ${isWanted(viewer.sql)}
         AND NOT EXISTS (SELECT FROM unnest($${first + 1}::bigint[]) AS must (id) WHERE NOT EXISTS (
           SELECT FROM post_hashtags AS a WHERE a.post_id = p.id AND a.hashtag_id = must.id))
         AND NOT EXISTS (SELECT FROM post_hashtags AS n WHERE n.post_id = p.id
           AND n.hashtag_id = ANY ($${first + 2}::bigint[]))
         AND (t.id = ANY ($${first + 3}::bigint[]) OR EXISTS (SELECT FROM post_hashtags AS e WHERE e.post_id = p.id
           AND e.hashtag_id = ANY ($${first + 3}::bigint[])))
         AND ${where} ${order}) AS found
     ${order.replaceAll('ph.post_id', 'found.id')}`,
    [...viewer.values, tags.first, tags.all, tags.none, tags.any, ...values],
  )
  return newestFirst(found).map(({ id }) => id)
}

/** Of the posts with one of `first`, those are meant that have one of `any`, too. */
type TagIds = { first: Id[]; any: Id[]; all: Id[]; none: Id[] }

/** Hashtags of more posts than this are as good as each other to begin with. */
const COMMON = 2000

/** Undefined when no post can have all that is asked for. */
async function tagIds(
  ctx: Ctx,
  { tag, any = [], all = [], none = [] }: TagQuery,
): Promise<TagIds | undefined> {
  const names = (list: string[]) => [...new Set(list.flatMap((name) => normalizeHashtag(name) ?? []))]
  const wanted = {
    any: names([tag, ...any.slice(0, MOST)]),
    all: names(all.slice(0, MOST)),
    none: names(none.slice(0, MOST)),
  }
  const found = await rows<{ id: Id; name: string; uses: number }>(
    ctx,
    `SELECT h.id, h.name, CASE WHEN $2 THEN (SELECT count(*)::int FROM (SELECT FROM post_hashtags AS ph
       WHERE ph.hashtag_id = h.id AND ph.is_public LIMIT ${COMMON}) AS used) ELSE 0 END AS uses
     FROM hashtags AS h WHERE h.name = ANY ($1) ORDER BY uses`,
    [[...wanted.any, ...wanted.all, ...wanted.none], wanted.all.length > 0],
  )
  const byName = new Map(found.map(({ id, name }) => [name, id]))
  const idsOf = (list: string[]) => list.flatMap((name) => byName.get(name) ?? [])
  const ids = { any: idsOf(wanted.any), all: idsOf(wanted.all), none: idsOf(wanted.none) }
  // What a post must have is the place to begin, when it is rare.
  const rare = found.find(({ id, uses }) => uses < COMMON && ids.all.includes(id))
  const first = rare ? [rare.id] : ids.any
  return ids.any.length > 0 && ids.all.length === wanted.all.length ? { ...ids, first } : undefined
}
