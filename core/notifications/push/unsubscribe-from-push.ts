import type { Ctx } from '../../ctx.ts'
import { PushSubscription } from './push-subscription.model.ts'
import { actingToken } from './push-token.ts'

/** Lets the app that acts sleep from now on; twice is once (PUSH-03). */
export async function unsubscribeFromPush(ctx: Ctx): Promise<void> {
  const { tokenId } = actingToken(ctx)
  await PushSubscription.destroy({ where: { tokenId }, transaction: ctx.tx ?? null })
}
