import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import type { Id } from '#platform/ids'

/** How a try to deliver ended: `failed` is tried again, `refused` and `dropped` are not. */
export type DeliveryOutcome = 'delivered' | 'refused' | 'failed' | 'dropped'

/** What came of one try to deliver something about a post. `detail` is what the other side said, or why nothing came. */
export type DeliveryAnswer = {
  postId: Id
  inbox: string
  type: string
  outcome: DeliveryOutcome
  status?: number | undefined
  detail?: string | undefined
}

const GATHER = 20

/**
 * Keeps what a server answered, for `kith federation sent`: one row for each post, inbox and type of activity, whose tries are
 * counted. Answers of a few milliseconds are written in one statement.
 */
export const recordAnswer = gather<DeliveryAnswer>(GATHER, async (all) => {
  // One statement cannot write one row twice; the order keeps two processes from waiting for each other.
  const latest = new Map(all.map((answer) => [nameOf(answer), answer]))
  const answers = [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, answer]) => answer)
  await rows(
    {},
    `INSERT INTO delivery_answers (post_id, inbox, activity_type, outcome, status, detail)
     SELECT "postId", inbox, type, outcome, status, detail FROM jsonb_to_recordset($1::jsonb)
       AS a ("postId" bigint, inbox text, type text, outcome text, status smallint, detail text)
     ON CONFLICT (post_id, inbox, activity_type) DO UPDATE SET outcome = excluded.outcome, status = excluded.status,
       detail = excluded.detail, tries = delivery_answers.tries + 1, answered_at = now()`,
    [JSON.stringify(answers)],
  )
})

const nameOf = ({ postId, inbox, type }: DeliveryAnswer): string => `${postId} ${inbox} ${type}`
