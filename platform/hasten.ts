import { rows } from './db.ts'

const MOST = 10_000
// What is left due would stand before everybody else's.
const MOST_STAGGERED = 200_000

/**
 * What failed and waits in a lane that begins so is due again: oldest first, ten each second, so that whoever comes back is
 * not run over. Behind it its lane goes on by itself.
 */
export async function hasten(kind: string, laneStart: string): Promise<void> {
  await rows(
    {},
    `WITH waiting AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM owed_work
       WHERE kind = $1 AND dead_at IS NULL AND lane IS NOT NULL AND first_failed_at IS NOT NULL
         AND lane >= $2 AND lane < $3 AND leased_until IS NULL AND due_at > now()
       ORDER BY id LIMIT ${MOST})
     UPDATE owed_work AS w SET due_at = least(w.due_at, now() + (waiting.place - 1) * interval '100 milliseconds')
     FROM waiting WHERE w.id = waiting.id AND w.leased_until IS NULL AND w.dead_at IS NULL`,
    [kind, laneStart, `${laneStart}\u{10FFFF}`],
  )
}

/**
 * What is due in a lane that begins so is due one after the other, oldest first, the first `after` so many seconds and the others
 * `apart`: whoever takes longer than others must not stand in their way.
 */
export async function stagger(
  kind: string,
  laneStart: string,
  { after, apart }: { after: number; apart: number },
): Promise<void> {
  await rows(
    {},
    `WITH waiting AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM owed_work
       WHERE kind = $1 AND dead_at IS NULL AND lane >= $2 AND lane < $3 AND leased_until IS NULL AND due_at <= now()
       ORDER BY id LIMIT ${MOST_STAGGERED})
     UPDATE owed_work AS w SET due_at = now() + make_interval(secs => $4::float8 + waiting.place * $5::float8)
     FROM waiting WHERE w.id = waiting.id AND w.leased_until IS NULL AND w.dead_at IS NULL`,
    [kind, laneStart, `${laneStart}\u{10FFFF}`, after, apart],
  )
}
