import type { Ctx } from '../../ctx.ts'
import { findPush } from './find-push.ts'
import type { PushSubscription } from './push-subscription.model.ts'
import type { PushWishes } from './subscribe-to-push.ts'

/** Changes what wakes the app that acts; all that is not said is off (PUSH-03). Throws NotFound. */
export async function changePush(ctx: Ctx, { alerts, policy }: PushWishes): Promise<PushSubscription> {
  const found = await findPush(ctx)
  return found.update({ alerts, policy }, { transaction: ctx.tx ?? null })
}
