import { z } from 'zod'
import { kinds } from '#core/notifications/kinds'
import { changePush } from '#core/notifications/push/change-push'
import { findPush } from '#core/notifications/push/find-push'
import { pushPolicies } from '#core/notifications/push/push-subscription.model'
import { returnPush } from '#core/notifications/push/return-push'
import { type PushWishes, subscribeToPush } from '#core/notifications/push/subscribe-to-push'
import { unsubscribeFromPush } from '#core/notifications/push/unsubscribe-from-push'
import { NotFound } from '#platform/errors'
import { Answer } from '../answers.ts'
import { bool, written } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { pushSubscriptionJson } from '../serializers/push-subscription.ts'

const scopes = ['push']

const blank = (value: unknown) => (value === null || value === '' ? undefined : value)
const policy = z.preprocess(blank, z.enum(pushPolicies, 'is not included in the list').optional())
const alerts = z.preprocess(blank, z.record(z.string(), bool()).default({}))
const wishes = z.looseObject({
  data: z.preprocess((value) => blank(value) ?? {}, z.looseObject({ alerts, policy })),
  policy,
})
const word = z.preprocess(written, z.string())
const keys = z.preprocess((value) => blank(value) ?? {}, z.looseObject({ p256dh: word, auth: word }))
const subscription = z.looseObject({ endpoint: word, keys, standard: bool() })

const wanted = wishes.extend({ subscription })
const one = z.looseObject({ id: z.string() })
const named = wishes.extend(one.shape)

const wishesOf = ({ data, policy }: z.output<typeof wishes>): PushWishes => ({
  alerts: [...kinds.values()]
    .filter(({ name, aliases = [] }) => [name, ...aliases].some((each) => data.alerts[each]))
    .map(({ name }) => name),
  policy: data.policy ?? policy ?? 'all',
})

const change: Handler<z.output<typeof wishes>> = async (ctx, input) =>
  pushSubscriptionJson(await changePush(ctx, wishesOf(input)))

const subscribe: Handler<z.output<typeof wanted>> = async (ctx, input, { token = '' }) => {
  const { endpoint, keys, standard: isStandard = false } = input.subscription
  const { p256dh, auth } = keys
  const wish = { endpoint, p256dh, auth, isStandard, token, ...wishesOf(input) }
  return pushSubscriptionJson(await subscribeToPush(ctx, wish))
}

// The same by another name, as the web client of Mastodon calls it.
const changeNamed: Handler<z.output<typeof named>> = async (ctx, input, call) => {
  const { id } = await findPush(ctx)
  if (String(id) !== input.id) throw new NotFound()
  return change(ctx, input, call)
}

export default routes('/api', (r) => {
  r.post(
    '/v1/push/subscription',
    { scopes, missing: 400, input: wanted, answers: 'WebPushSubscription' },
    subscribe,
  )
  r.get('/v1/push/subscription', { scopes, answers: 'WebPushSubscription' }, async (ctx) =>
    pushSubscriptionJson(await findPush(ctx)),
  )
  r.put('/v1/push/subscription', { scopes, input: wishes, answers: 'WebPushSubscription' }, change)
  r.patch('/v1/push/subscription', { scopes, input: wishes, answers: 'WebPushSubscription' }, change)
  r.delete('/v1/push/subscription', { scopes, answers: 'Empty' }, (ctx) => unsubscribeFromPush(ctx))
  r.post(
    '/web/push_subscriptions',
    { scopes, missing: 400, input: wanted, answers: 'WebPushSubscription' },
    subscribe,
  )
  r.put('/web/push_subscriptions/:id', { scopes, input: named, answers: 'WebPushSubscription' }, changeNamed)
  r.patch(
    '/web/push_subscriptions/:id',
    { scopes, input: named, answers: 'WebPushSubscription' },
    changeNamed,
  )
  r.delete(
    '/web/push_subscriptions/:id',
    { access: 'none', input: one, answers: 'NoBody' },
    async (ctx, { id: ticket }) => {
      await returnPush(ctx, { ticket })
      return new Answer(200, undefined)
    },
  )
})
