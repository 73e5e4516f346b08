import type { TxCtx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { forgetReaction } from './forget-reaction.ts'
import { inTurn } from './reaction.facts.ts'

/** Takes a reaction away, with its counter and the fact; nothing happens when it is gone already. */
export async function eraseReaction(ctx: TxCtx, reactionId: Id): Promise<void> {
  const erased = await forgetReaction(ctx, reactionId)
  if (erased) await emit(ctx, 'reaction.removed', erased, inTurn(erased))
}
