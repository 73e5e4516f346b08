import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { TrendKind } from './review-trend.ts'

/** Something that trends, as staff sees it: with its verdict, null while nobody has looked. */
export type Candidate = { id: Id; what: string; score: number; isTrendable: boolean | null }

const subjects: Record<TrendKind, { what: string; verdict: string; from: string }> = {
  tags: {
    what: `'#' || s.display_name`,
    verdict: 's.is_trendable',
    from: 'hashtags AS s ON s.id = t.subject_id',
  },
  links: { what: 's.url', verdict: 's.is_trendable', from: 'previews AS s ON s.id = t.subject_id' },
  statuses: {
    what: 'coalesce(s.url, s.id::text)',
    verdict: 'v.is_trendable',
    from: 'posts AS s ON s.id = t.subject_id LEFT JOIN trend_verdicts AS v ON v.post_id = s.id',
  },
}

/** What trends of a kind, the most first, whatever was said of it: up to 100. */
export function candidates(ctx: Pick<Ctx, 'tx'>, kind: TrendKind): Promise<Candidate[]> {
  const { what, verdict, from } = subjects[kind]
  return rows<Candidate>(
    ctx,
    `SELECT s.id, ${what} AS what, t.score, ${verdict} AS "isTrendable" FROM trends AS t JOIN ${from}
     WHERE t.kind = $1 ORDER BY t.score DESC, t.subject_id LIMIT 100`,
    [kind],
  )
}
