import type { TxCtx } from '../../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { recordRequest, type Wanted } from './record-request.ts'

/** Notes that the author of a post lets pass what was done with it, so that others can be shown their yes. */
export async function vouchFor(ctx: TxCtx, wanted: Wanted & { id: Id }): Promise<void> {
  const { kind, accountId, target, id: requestId, uri = null, requestUri = null } = wanted
  await recordRequest(ctx, wanted, 'accepted')
  const answer = { kind, targetId: target.id, accountId, uri, requestUri, requestId }
  await emit(ctx, 'interaction.answered', answer)
}
