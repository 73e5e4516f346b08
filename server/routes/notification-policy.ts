import { z } from 'zod'
import { changePolicy } from '#core/notifications/change-policy'
import type { Policy } from '#core/notifications/policy.queries'
import { bool } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { notificationPolicyJson, oldNotificationPolicyJson } from '../serializers/notification-policy.ts'

const read = ['read:notifications']
const write = ['write:notifications']

const part = z.preprocess(
  (value) => (value === null || value === '' ? undefined : value),
  z.enum(['accept', 'filter', 'drop'], 'is not included in the list').optional(),
)
const policy = z.looseObject({
  for_not_following: part,
  for_not_followers: part,
  for_new_accounts: part,
  for_private_mentions: part,
  for_limited_accounts: part,
  for_bots: part,
})
const oldPolicy = z.looseObject({
  filter_not_following: bool(),
  filter_not_followers: bool(),
  filter_new_accounts: bool(),
  filter_private_mentions: bool(),
  filter_bots: bool(),
})

/** Without what was not given. */
const given = (change: { [K in keyof Policy]?: Policy[K] | undefined }): Partial<Policy> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

const change: Handler<z.output<typeof policy>> = async (ctx, input) => {
  const changes = given({
    forNotFollowing: input.for_not_following,
    forNotFollowers: input.for_not_followers,
    forNewAccounts: input.for_new_accounts,
    forPrivateMentions: input.for_private_mentions,
    forLimitedAccounts: input.for_limited_accounts,
    forBots: input.for_bots,
  })
  await changePolicy(ctx, changes)
  return notificationPolicyJson(ctx)
}

const verdictOf = (isOn: boolean | undefined) => (isOn === undefined ? undefined : isOn ? 'filter' : 'accept')

const changeOld: Handler<z.output<typeof oldPolicy>> = async (ctx, input) => {
  const changes = given({
    forNotFollowing: verdictOf(input.filter_not_following),
    forNotFollowers: verdictOf(input.filter_not_followers),
    forNewAccounts: verdictOf(input.filter_new_accounts),
    forPrivateMentions: verdictOf(input.filter_private_mentions),
    forBots: verdictOf(input.filter_bots),
  })
  await changePolicy(ctx, changes)
  return oldNotificationPolicyJson(ctx)
}

export default routes('/api', (r) => {
  r.get('/v2/notifications/policy', { scopes: read, answers: 'NotificationPolicy' }, notificationPolicyJson)
  r.patch('/v2/notifications/policy', { scopes: write, input: policy, answers: 'NotificationPolicy' }, change)
  r.put('/v2/notifications/policy', { scopes: write, input: policy, answers: 'NotificationPolicy' }, change)
  r.get(
    '/v1/notifications/policy',
    { scopes: read, answers: 'V1::NotificationPolicy' },
    oldNotificationPolicyJson,
  )
  r.put(
    '/v1/notifications/policy',
    { scopes: write, input: oldPolicy, answers: 'V1::NotificationPolicy' },
    changeOld,
  )
  r.patch(
    '/v1/notifications/policy',
    { scopes: write, input: oldPolicy, answers: 'V1::NotificationPolicy' },
    changeOld,
  )
})
