import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { Forbidden, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

export type TrendKind = 'tags' | 'statuses' | 'links'

const verdicts: Record<TrendKind, string> = {
  tags: 'UPDATE hashtags SET is_trendable = $2, reviewed_at = now() WHERE id = $1 RETURNING id',
  links: 'UPDATE previews SET is_trendable = $2 WHERE id = $1 RETURNING id',
  statuses: `INSERT INTO trend_verdicts (post_id, is_trendable) SELECT id, $2 FROM posts WHERE id = $1
    ON CONFLICT (post_id) DO UPDATE SET is_trendable = excluded.is_trendable RETURNING post_id`,
}

/**
 * Says whether a hashtag, post or link may trend, now and later. Throws Forbidden for anybody but staff, NotFound when there
 * is no such thing.
 */
export async function reviewTrend(
  ctx: Ctx,
  { kind, id, isTrendable }: { kind: TrendKind; id: Id; isTrendable: boolean },
): Promise<void> {
  const { actor } = ctx
  const isStaff = actor.kind === 'operator' || (actor.kind === 'person' && actor.role !== 'user')
  if (!isStaff) throw new Forbidden()
  if (!(await row(ctx, verdicts[kind], [id, isTrendable]))) throw new NotFound()
}
