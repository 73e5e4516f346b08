import { rows } from './db.ts'
import { gather } from './gather.ts'
import type { OwedRow } from './owed-work.ts'

/** Somebody else holds the row by now: what this holder wrote for it must not stand. */
export class LeaseLost extends Error {
  override name = 'LeaseLost'
  constructor(id: string) {
    super(`the lease on owed work ${id} was lost`)
  }
}

const LEASE = "interval '30 seconds'"
const CRASHES = 3
const GATHER = 10
const outside = {}

/**
 * Claims up to `limit` due rows of a kind, oldest first, each under a lease of 30 s. Rows that a dead holder left
 * are taken again; one that saw three holders die is buried. In a lane only the oldest row is taken.
 */
export async function claim(kind: string, limit: number): Promise<OwedRow[]> {
  // The limit stands in the text: PostgreSQL plans once for all values, and would else expect a tenth of the backlog and
  // read all of it.
  const claimed = await rows<OwedRow & { crashes: number }>(
    outside,
    // As a subquery of IN, PostgreSQL may run the choice again for each row and choose others each time.
    `WITH due AS MATERIALIZED (
       SELECT id FROM owed_work AS w
       WHERE kind = $1 AND dead_at IS NULL AND due_at <= now() AND (lane IS NULL OR NOT EXISTS (
         SELECT 1 FROM owed_work AS elder
         WHERE elder.kind = w.kind AND elder.lane = w.lane AND elder.id < w.id AND elder.dead_at IS NULL))
       ORDER BY due_at, id LIMIT ${Math.trunc(limit)} FOR UPDATE SKIP LOCKED)
     UPDATE owed_work AS mine SET attempts = attempts + 1, lease = lease + 1, due_at = now() + ${LEASE},
       crashes = crashes + (leased_until IS NOT NULL)::int, leased_until = now() + ${LEASE}
     FROM due WHERE mine.id = due.id
     RETURNING mine.id, kind, payload, attempts, lease, lane, crashes, created_at AS "createdAt"`,
    [kind],
  )
  const [broken, sound] = [
    claimed.filter((row) => row.crashes >= CRASHES),
    claimed.filter((row) => row.crashes < CRASHES),
  ]
  await Promise.all(broken.map((row) => bury(row, `its worker died ${row.crashes} times while doing it`)))
  return sound
}

/** Done: the row goes, together with what else is done within a few milliseconds. Throws LeaseLost when it is not held any more. */
export const finish = gather<OwedRow>(GATHER, async (all) => {
  const gone = await rows<{ id: string }>(
    outside,
    `DELETE FROM owed_work AS w USING unnest($1::bigint[], $2::bigint[]) AS done (id, lease)
     WHERE w.id = done.id AND w.lease = done.lease RETURNING w.id`,
    [all.map(({ id }) => id), all.map(({ lease }) => lease)],
  )
  const ids = new Set(gone.map(({ id }) => id))
  return new Map(all.filter(({ id }) => !ids.has(id)).map((row) => [row, new LeaseLost(row.id)]))
})

/** It is due again at `dueAt`, with a new payload if one is given; its failures are forgotten. */
export const renew = async (row: OwedRow, dueAt: Date, payload: object = row.payload): Promise<void> => {
  await rows(
    outside,
    `UPDATE owed_work SET due_at = $3, payload = $4, attempts = 0, crashes = 0, leased_until = NULL,
       last_error = NULL, first_failed_at = NULL
     WHERE id = $1 AND lease = $2`,
    [row.id, row.lease, dueAt, JSON.stringify(payload)],
  )
}

/** When a row that failed is tried again, why it failed, and what it holds then; one that is not counted had no chance. */
export type Postponement = {
  seconds: number
  reason: string
  payload?: object | undefined
  isCounted: boolean
}

/** It failed and is tried again. Whoever tells that has lived: only deaths in a row make work suspicious. */
export const postpone = async (row: OwedRow, { seconds, reason, payload, isCounted }: Postponement) => {
  await rows(
    outside,
    `UPDATE owed_work SET due_at = now() + make_interval(secs => $3), leased_until = NULL, last_error = $4, payload = $5,
       first_failed_at = coalesce(first_failed_at, now()), last_failed_at = now(), attempts = attempts - $6,
       crashes = 0
     WHERE id = $1 AND lease = $2`,
    [row.id, row.lease, seconds, reason, JSON.stringify(payload ?? row.payload), isCounted ? 0 : 1],
  )
}

/** It failed for good: a dead letter, which `kith queue` shows and can retry. */
export const bury = async (row: OwedRow, reason: string): Promise<void> => {
  await rows(
    outside,
    `UPDATE owed_work SET dead_at = now(), leased_until = NULL, last_error = $3,
       first_failed_at = coalesce(first_failed_at, now()), last_failed_at = now()
     WHERE id = $1 AND lease = $2`,
    [row.id, row.lease, reason],
  )
}

/** Goes to another kind of worker, due at once. */
export const hand = async (row: OwedRow, kind: string): Promise<void> => {
  await rows(
    outside,
    'UPDATE owed_work SET kind = $3, due_at = now(), leased_until = NULL, attempts = 0 WHERE id = $1 AND lease = $2',
    [row.id, row.lease, kind],
  )
}

/** Handed back untouched: somebody else may take it at once. */
export const release = async (held: readonly OwedRow[]): Promise<void> => {
  await rows(
    outside,
    `UPDATE owed_work SET due_at = now(), leased_until = NULL, attempts = attempts - 1
     WHERE (id, lease) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))`,
    [held.map((row) => row.id), held.map((row) => row.lease)],
  )
}

/** Lengthens the leases of rows that are still being worked on. */
export const prolong = async (held: readonly OwedRow[]): Promise<void> => {
  await rows(
    outside,
    `UPDATE owed_work SET due_at = now() + ${LEASE}, leased_until = now() + ${LEASE}
     WHERE (id, lease) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))`,
    [held.map((row) => row.id), held.map((row) => row.lease)],
  )
}

/** The kinds that have work due now. */
export const kindsDue = async (): Promise<string[]> =>
  (
    await rows<{ kind: string }>(
      outside,
      `WITH RECURSIVE kinds AS (
         (SELECT kind FROM owed_work WHERE dead_at IS NULL ORDER BY kind LIMIT 1)
         UNION ALL
         SELECT (SELECT kind FROM owed_work WHERE dead_at IS NULL AND kind > kinds.kind ORDER BY kind LIMIT 1) FROM kinds WHERE kind IS NOT NULL
       )
       SELECT kind FROM kinds WHERE kind IS NOT NULL AND EXISTS (
         SELECT 1 FROM owed_work WHERE owed_work.kind = kinds.kind AND dead_at IS NULL AND due_at <= now())`,
    )
  ).map(({ kind }) => kind)
