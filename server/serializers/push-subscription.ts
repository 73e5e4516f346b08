import { kinds } from '#core/notifications/kinds'
import type { PushSubscription } from '#core/notifications/push/push-subscription.model'
import { vapidKeys } from '#platform/vapid'

/** A push subscription: the id a number, every kind a yes or no (TRIP-05, TRIP-06). */
export const pushSubscriptionJson = (subscription: PushSubscription) => ({
  id: subscription.id,
  endpoint: subscription.endpoint,
  standard: subscription.isStandard,
  alerts: Object.fromEntries([...kinds.keys()].map((kind) => [kind, subscription.alerts.includes(kind)])),
  server_key: vapidKeys().publicKey,
  policy: subscription.policy,
})
