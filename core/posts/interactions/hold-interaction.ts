import type { TxCtx } from '../../ctx.ts'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import { answerOf, type InteractionRequest, requestColumns } from './interaction-request.ts'
import { recordRequest, type Wanted } from './record-request.ts'
import { refuseInteraction } from './refuse-interaction.ts'

// Whoever asks again may do so by another address, and is to be answered by that.
const again = `UPDATE interaction_requests AS i SET uri = coalesce($5, uri), request_uri = coalesce($6, request_uri)
  WHERE target_id = $1 AND account_id = $2 AND kind = $3 AND emoji = $4 AND kind <> 'reply' RETURNING ${requestColumns}`

/**
 * Keeps what somebody wants to do with a post until its author says yes: nobody is shown it, and it is counted nowhere. The
 * same again changes nothing, and is answered again by whoever answered it. Gives how it stands.
 */
export async function holdInteraction(ctx: TxCtx, wanted: Wanted): Promise<InteractionRequest['state']> {
  const { kind, accountId, target, emoji = '', uri = null, requestUri = null } = wanted
  const written = await recordRequest(ctx, wanted, 'pending')
  if (written) {
    await emit(ctx, 'interaction.requested', { requestId: written.id, accountId })
    return 'pending'
  }
  const values = [target.id, accountId, kind, emoji, uri, requestUri]
  const known = await row<InteractionRequest>(ctx, again, values)
  if (known?.state === 'rejected') await refuseInteraction(ctx, wanted)
  if (known?.state === 'accepted' && requestUri)
    await emit(ctx, 'interaction.answered', answerOf(known, known.id))
  return known?.state ?? 'accepted'
}
