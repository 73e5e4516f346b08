import type { TxCtx } from '../../ctx.ts'
import { emit } from '#platform/facts'
import type { Wanted } from './record-request.ts'

/** States that the author of a post does not let somebody elsewhere do that with it. */
export const refuseInteraction = (ctx: TxCtx, wanted: Wanted): Promise<void> => {
  const { kind, accountId, target, uri = null, requestUri = null } = wanted
  const answer = { kind, targetId: target.id, accountId, uri, requestUri, requestId: null }
  return emit(ctx, 'interaction.answered', answer)
}
