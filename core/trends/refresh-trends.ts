import type { Ctx } from '../ctx.ts'
import { inSeconds } from '#platform/clock'
import { rows } from '#platform/db'
import { firstIdOf } from '#platform/ids'
import { transact } from '#platform/transact'
import { trendScores } from './trend-scores.ts'

const DAY = 86_400
/** A post is new for two days; hashtags and links are held against the six days before the last. */
const NEW = { tags: DAY, links: DAY, statuses: 2 * DAY } as const
const WEEK = 7 * DAY
const MOST = 500

/** Finds out what trends now. Whatever does not any more is gone at once; a repeat changes nothing. */
export const refreshTrends = (ctx: Ctx): Promise<void> =>
  transact(ctx, async (ctx) => {
    for (const kind of ['tags', 'links', 'statuses'] as const) {
      await rows(ctx, refreshing(kind), [
        firstIdOf(inSeconds(-NEW[kind])),
        kind === 'statuses' ? '0' : firstIdOf(inSeconds(-WEEK)),
        kind,
        firstIdOf(inSeconds(1)),
      ])
    }
  })

const refreshing = (kind: keyof typeof trendScores): string => `
  WITH found AS MATERIALIZED (SELECT subject_id, score FROM (${trendScores[kind]}) AS scores
      WHERE score > 0 ORDER BY score DESC, subject_id LIMIT ${MOST}),
    gone AS (DELETE FROM trends WHERE kind = $3::text AND subject_id NOT IN (SELECT subject_id FROM found))
  INSERT INTO trends (kind, subject_id, score) SELECT $3::text, subject_id, score FROM found
  ON CONFLICT (kind, subject_id) DO UPDATE SET score = excluded.score, refreshed_at = now()`
