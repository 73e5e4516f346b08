import { rows } from '#platform/db'
import type { TxCtx } from '#core/ctx'

/** Deliveries that are about to be owed: the lane of each and its inbox. */
type Place = { lane: string; inbox: string }

/**
 * Takes away older updates of the same thing that wait for the same inboxes: the newest says it all. What
 * somebody has in hand goes on, ahead of it in its lane.
 */
export async function dropSuperseded(ctx: TxCtx, type: string, places: readonly Place[]): Promise<void> {
  if (!type.startsWith('Update ')) return
  await rows(
    ctx,
    `DELETE FROM owed_work AS w USING outgoing_activities AS o,
       jsonb_to_recordset($1::jsonb) AS place (lane text, inbox text)
     WHERE w.kind = 'delivery' AND w.dead_at IS NULL AND w.leased_until IS NULL AND w.lane = place.lane
       AND w.payload->>'inbox' = place.inbox AND o.id = (w.payload->>'activityId')::bigint AND o.type = $2`,
    [JSON.stringify(places), type],
  )
}
