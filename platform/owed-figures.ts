import { rows } from './db.ts'

/** How much work of one kind is owed, by state, and how many seconds the oldest of it has been due. */
export type OwedFigures = {
  kind: string
  waiting: number
  running: number
  retrying: number
  dead: number
  oldestDue: number | null
}

/** The state of an open row: held by a worker that lives, tried again after a failure, or not yet tried. */
const state = `CASE WHEN dead_at IS NOT NULL THEN 'dead' WHEN leased_until > now() THEN 'running'
  WHEN first_failed_at IS NOT NULL THEN 'retrying' ELSE 'waiting' END`

const among = (name: string): string => `(count(*) FILTER (WHERE state = '${name}'))::int AS ${name}`

/** Counts owed work by kind and state: what `kith queue status` and the metrics show. Reads every open row once. */
export const owedFigures = (): Promise<OwedFigures[]> =>
  rows<OwedFigures>(
    {},
    `SELECT kind, ${['waiting', 'running', 'retrying', 'dead'].map(among).join(', ')},
       max(extract(epoch FROM now() - due_at)) FILTER (WHERE state IN ('waiting', 'retrying') AND due_at <= now())::float8 AS "oldestDue"
     FROM (SELECT kind, due_at, ${state} AS state FROM owed_work) AS each
     GROUP BY kind ORDER BY kind`,
  )
