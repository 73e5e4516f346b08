import { kinds } from '#core/notifications/kinds'
import type { PushSubscription } from '#core/notifications/push/push-subscription.model'
import { vapidKeys } from '#platform/vapid'

/** A push subscription: the id a number, every kind a yes or no (TRIP-05, TRIP-06). */
export const pushSubscriptionJson = (subscription: PushSubscription) => ({
  id: subscription.id,
  endpoint: subscription.endpoint,
  standard: subscription.isStandard,
  // Whatever apps call a kind, it is one setting (client extensions 4.1).
  alerts: Object.fromEntries(
    [...kinds.values()].flatMap(({ name, aliases = [] }) =>
      [name, ...aliases].map((each) => [each, subscription.alerts.includes(name)]),
    ),
  ),
  server_key: vapidKeys().publicKey,
  policy: subscription.policy,
})
