import type { Ctx } from '../../ctx.ts'
import { NotFound } from '#platform/errors'
import { PushSubscription } from './push-subscription.model.ts'
import { actingToken } from './push-token.ts'

/** How the app that acts is woken. Throws NotFound when it is not (PUSH-03). */
export async function findPush(ctx: Ctx): Promise<PushSubscription> {
  const { tokenId } = actingToken(ctx)
  const found = await PushSubscription.findOne({ where: { tokenId }, transaction: ctx.tx ?? null })
  if (!found) throw new NotFound()
  return found
}
