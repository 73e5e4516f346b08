import { createHmac, timingSafeEqual } from 'node:crypto'
import { instance } from '#config/instance'
import type { Ctx } from '../../ctx.ts'
import { secretFor } from '#platform/secrets'
import { PushSubscription } from './push-subscription.model.ts'

const proofOf = (id: number): string =>
  createHmac('sha256', secretFor('push return')).update(String(id)).digest('base64url')

/** Where a push service ends a subscription that it has no use for (PUSH-06). */
export const returnUrl = (id: number): string =>
  `${instance.origin}/api/web/push_subscriptions/${id}-${proofOf(id)}`

/** Ends the subscription of such an address, without a log-in; one that was not made here does nothing. */
export async function returnPush(ctx: Ctx, { ticket }: { ticket: string }): Promise<void> {
  const [, digits, proof] = /^(\d{1,9})-(.+)$/.exec(ticket) ?? []
  const id = Number(digits)
  const [right, given] = [Buffer.from(proofOf(id)), Buffer.from(proof ?? '')]
  if (!proof || right.length !== given.length || !timingSafeEqual(right, given)) return
  await PushSubscription.destroy({ where: { id }, transaction: ctx.tx ?? null })
}
