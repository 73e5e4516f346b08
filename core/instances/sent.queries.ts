import type { Transaction } from 'sequelize'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { DeliveryOutcome } from './record-answer.ts'

/** How one activity about a post fared at one inbox, and when it is tried next if it waits. Times are moments. */
export type Sent = {
  inbox: string
  type: string
  state: DeliveryOutcome | 'waiting' | 'dead'
  status: number | null
  detail: string | null
  tries: number
  answeredAt: Date | null
  nextAt: Date | null
  /** Its row of owed work, while there is one: for `kith queue retry` and `drop`. */
  owedId: string | null
}

/**
 * Where a post of this instance went, its edits and its end too: what each inbox answered and what still waits, those that did not
 * get it first. Answers are kept for 30 days.
 */
export const sentOf = (ctx: { tx?: Transaction | undefined }, postId: Id): Promise<Sent[]> =>
  rows<Sent>(
    ctx,
    `WITH owed AS (
       SELECT l.type, w.id, w.payload->>'inbox' AS inbox, w.due_at, w.dead_at, w.last_error, w.attempts
       FROM (SELECT id, type FROM outgoing_activities WHERE post_id = $1
             UNION SELECT id, type FROM outgoing_activities WHERE ended_post_id = $1) AS l
         JOIN owed_work AS w ON w.kind = 'delivery' AND w.key >= l.id || ' ' AND w.key < l.id || '!'
     ), latest AS (SELECT DISTINCT ON (inbox, type) * FROM owed ORDER BY inbox, type, id DESC)
     SELECT coalesce(a.inbox, o.inbox) AS inbox, coalesce(a.activity_type, o.type, 'Activity') AS type,
       CASE WHEN o.dead_at IS NOT NULL AND a.outcome IS DISTINCT FROM 'refused' THEN 'dead'
         WHEN o.id IS NOT NULL AND o.dead_at IS NULL THEN 'waiting' ELSE a.outcome END AS state,
       a.status, coalesce(nullif(a.detail, ''), o.last_error) AS detail, coalesce(a.tries, o.attempts) AS tries,
       a.answered_at AS "answeredAt", CASE WHEN o.dead_at IS NULL THEN o.due_at END AS "nextAt", o.id AS "owedId"
     FROM (SELECT * FROM delivery_answers WHERE post_id = $1) AS a
       FULL JOIN latest AS o ON o.inbox = a.inbox AND coalesce(o.type, 'Activity') = a.activity_type
     ORDER BY a.outcome = 'delivered' AND o.id IS NULL NULLS FIRST, 2, 1`,
    [postId],
  )
