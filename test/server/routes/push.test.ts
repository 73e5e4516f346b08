import { PushSubscription } from '#core/notifications/push/push-subscription.model'
import { vapidKeys } from '#platform/vapid'
import { cast } from '#test/factories/account'
import { client, makeToken, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { pushReceiver } from '#test/support/push-service'

const path = '/api/v1/push/subscription'
const { keys } = pushReceiver()
const endpoint = 'https://push.example/send/abc'
const subscription = { endpoint, keys }

test('PUSH-01 PUSH-02 TRIP-05 TRIP-06 PUSH-10: an app subscribes, and its new wish replaces the old', async () => {
  const { alice } = await cast('alice')
  const app = client(alice, ['push'])
  const alerts = { mention: true, poll: 'true', follow: false, odd: true }
  const first = await app.post(path, { subscription, data: { alerts, policy: 'followed' } })
  expectEntity('WebPushSubscription', first.body)
  expect(first.body).toMatchObject({
    endpoint,
    standard: false,
    alerts: { mention: true, poll: true, follow: false, favourite: false, reblog: false, status: false },
    server_key: vapidKeys().publicKey,
    policy: 'followed',
  })
  expect(Number.isInteger(first.body.id)).toBe(true)
  expect(first.body.alerts.odd).toBeUndefined()
  const padded = { p256dh: `${keys.p256dh}=`, auth: `${keys.auth}==` }
  const form = new URLSearchParams({
    'subscription[endpoint]': `${endpoint}2`,
    'subscription[keys][p256dh]': padded.p256dh,
    'subscription[keys][auth]': padded.auth,
    'subscription[standard]': 'true',
    'data[alerts][follow]': '1',
  })
  const second = (await app.post(path, form)).body
  expectEntity('WebPushSubscription', second)
  expect(second).toMatchObject({
    endpoint: `${endpoint}2`,
    standard: true,
    policy: 'all',
    alerts: { follow: true, mention: false },
  })
  expect(await PushSubscription.count()).toBe(1)
})

test('PUSH-01: wrong addresses and keys are refused with 422, a missing subscription with 400, other scopes with 403', async () => {
  const { alice } = await cast('alice')
  const app = client(alice, ['push'])
  const offCurve = Buffer.from(keys.p256dh, 'base64url')
  offCurve[40]! ^= 1
  for (const bad of [
    { ...subscription, endpoint: 'push.example' },
    { ...subscription, endpoint: 'ftp://push.example/x' },
    { ...subscription, endpoint: `${endpoint}/${'x'.repeat(2048)}` },
    { ...subscription, endpoint: ['a', {}] },
    { ...subscription, keys: { ...keys, auth: 'short' } },
    { ...subscription, keys: { ...keys, p256dh: 'A'.repeat(87) } },
    { ...subscription, keys: { ...keys, p256dh: offCurve.toString('base64url') } },
    { endpoint },
  ]) {
    const { status, body } = await app.post(path, { subscription: bad })
    expect([bad, status]).toEqual([bad, 422])
    expectEntity('Error', body)
  }
  expect((await app.post(path, { subscription, data: { policy: 'some' } })).status).toBe(422)
  expect((await app.post(path, {})).status).toBe(400)
  for (const scopes of [['read', 'write', 'follow'], ['read']])
    expect((await client(alice, scopes).post(path, { subscription })).status).toBe(403)
  expect(await PushSubscription.count()).toBe(0)
})

test('PUSH-03 TRIP-25: it is changed as a whole, shown to its own token only, and ended twice', async () => {
  const { alice } = await cast('alice')
  const [app, other] = [client(alice, ['push']), client(alice, ['push'])]
  const missing = await app.get(path)
  expect(missing.status).toBe(404)
  expect(missing.body.error).toMatch(/not found/)
  expect((await app.put(path, { data: {} })).status).toBe(404)
  await app.post(path, { subscription, data: { alerts: { mention: true, follow: true } } })
  expect((await other.get(path)).status).toBe(404)
  const put = await app.put(path, { data: { alerts: { poll: true }, policy: 'none' } })
  expectEntity('WebPushSubscription', put.body)
  expect(put.body).toMatchObject({ policy: 'none', alerts: { poll: true, mention: false, follow: false } })
  const patched = await app.patch(path, { policy: 'follower', data: { alerts: { follow: true } } })
  expect(patched.body).toMatchObject({ policy: 'follower', alerts: { poll: false, follow: true } })
  expect((await app.get(path)).body).toEqual(patched.body)
  expect((await app.delete(path)).body).toEqual({})
  expect((await app.delete(path)).status).toBe(200)
  expect((await app.get(path)).status).toBe(404)
})

test('PUSH-07: the token is kept sealed, and nobody reads it from the table', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['push'], alice)
  const headers = { Authorization: `Bearer ${token}` }
  expect((await request('POST', path, { subscription }, { headers })).status).toBe(200)
  const [row] = await PushSubscription.findAll({ raw: true })
  expect(JSON.stringify(row)).not.toContain(token)
})

test('CVE-2026-23964: nobody sees, changes, ends or takes over how the app of somebody else is woken', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [hers, his] = [client(alice), client(bob)]
  const web = '/api/web/push_subscriptions'
  const { body } = await hers.post(path, {
    subscription,
    data: { alerts: { mention: true }, policy: 'followed' },
  })
  const other = { endpoint: 'https://push.example/send/bob', keys: pushReceiver().keys }
  const { body: own } = await his.post(path, { subscription: other, data: { alerts: { poll: true } } })
  const before = await PushSubscription.findAll({ order: ['id'], raw: true })
  const wish = { data: { alerts: { follow: true }, policy: 'none' }, endpoint, account_id: bob.account.id }
  const answers = [
    await his.put(`${web}/${body.id}`, wish),
    await his.patch(`${web}/${body.id}`, { ...wish, id: own.id }),
    // Ends what the ticket in it says, which an id is none of; nothing is said of what there is.
    await his.delete(`${web}/${body.id}`),
    await client().delete(`${web}/${body.id}`),
    await his.post(path, { subscription: { endpoint, keys: other.keys } }),
    await his.post(web, { subscription: { endpoint, keys: pushReceiver().keys } }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 200, 200, 409, 409])
  expect((await his.get(`${path}?id=${body.id}`)).body).toEqual(own)
  expect(answers.map((answer) => JSON.stringify(answer.body)).join()).not.toContain(endpoint)
  expect(await PushSubscription.findAll({ order: ['id'], raw: true })).toEqual(before)
})

test('CVE-2026-23964: two accounts in one app may share its address, which nobody else knows the keys of', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  for (const who of [alice, bob])
    expect((await client(who).post(path, { subscription })).body.endpoint).toBe(endpoint)
  expect(await PushSubscription.count()).toBe(2)
})

test('the web client subscribes and changes by other names for the same', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const web = '/api/web/push_subscriptions'
  const app = client(alice)
  const { body } = await app.post(web, { subscription, data: { alerts: { mention: true } } })
  expectEntity('WebPushSubscription', body)
  expect((await app.get(path)).body).toEqual(body)
  const wish = { data: { alerts: { poll: true } } }
  expect((await app.put(`${web}/${body.id}`, wish)).body).toMatchObject({
    alerts: { poll: true, mention: false },
  })
  expect((await app.patch(`${web}/${body.id}`, wish)).status).toBe(200)
  expect((await client(bob).put(`${web}/${body.id}`, wish)).status).toBe(404)
  expect((await app.put(`${web}/${body.id + 1}`, wish)).status).toBe(404)
})
