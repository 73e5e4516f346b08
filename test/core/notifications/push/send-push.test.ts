import { notify } from '#core/notifications/notify'
import { Notification } from '#core/notifications/notification.model'
import { changePolicy } from '#core/notifications/change-policy'
import { PushSubscription } from '#core/notifications/push/push-subscription.model'
import { pauseBeforePush, pushTries, sendPush } from '#core/notifications/push/send-push'
import { followAccount } from '#core/relationships/follow-account'
import { shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { Retry } from '#platform/outcomes'
import type { OwedRow } from '#platform/owed-work'
import { vapidKeys } from '#platform/vapid'
import { as, cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { kith } from '#test/support/cli'
import { makeToken, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners } from '#test/support/listener'
import { pushReceiver, readJwt, startPushService } from '#test/support/push-service'
import { settle } from '#test/support/settle'

const path = '/api/v1/push/subscription'
let service: Awaited<ReturnType<typeof startPushService>>

beforeAll(async () => {
  service = await startPushService()
})
beforeEach(() => {
  service.delivered.length = 0
  service.status = 201
  service.answer = ''
})
afterEach(() => shiftClock(0))
afterAll(closeListeners)

const everything = { mention: true, follow: true, favourite: true, reblog: true, status: true, poll: true }

/** An app of a member that wants to be woken; gives its token and how it opens messages. */
async function wakeable(
  member: Member,
  { standard = true, ...data }: { standard?: boolean; alerts?: object; policy?: string } = {},
) {
  const token = await makeToken(['push'], member)
  const { keys, open } = pushReceiver()
  const subscription = { endpoint: `${service.url}/wake/${member.account.username}`, keys, standard }
  const { body } = await request(
    'POST',
    path,
    { subscription, data: { alerts: everything, ...data } },
    { headers: { Authorization: `Bearer ${token}` } },
  )
  expectEntity('WebPushSubscription', body)
  return { token, open }
}

const owed = () =>
  rows<OwedRow>({}, `SELECT id, kind, payload FROM owed_work WHERE kind = 'push' ORDER BY id`)

test('PUSH-07 TRIP-07: the app gets a message that only it can read, in plain text', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { token, open } = await wakeable(alice)
  await post(bob, { html: '<p>Look &amp; see</p><p>there</p>', mentions: [alice] })
  await settle()
  expect(service.delivered).toHaveLength(1)
  const payload = open(service.delivered[0]!) as Record<string, unknown>
  expectEntity('PushPayload', payload)
  const [told] = await Notification.findAll()
  expect(payload).toMatchObject({
    access_token: token,
    preferred_locale: 'en',
    notification_id: Number(told!.id),
    notification_type: 'mention',
    title: 'bob mentioned you',
    body: 'Look & see\n\nthere',
  })
  expect(payload.icon).toMatch(/^http.*missing\.png$/)
  expect(service.delivered[0]!.body.includes('Look')).toBe(false)
})

test('PUSH-07: long posts are cut to 140 characters, and warnings stand for what they hide', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { open } = await wakeable(alice)
  await post(bob, { html: `<p>${'🐝'.repeat(200)}</p>`, mentions: [alice] })
  await post(bob, { html: '<p>the end</p>', spoilerText: 'Spoiler', mentions: [alice] })
  await settle()
  const bodies = service.delivered.map((each) => (open(each) as { body: string }).body)
  expect(bodies).toContain('Spoiler')
  const long = bodies.find((body) => body.startsWith('🐝'))!
  expect(long.length).toBeLessThanOrEqual(140)
  expect(long.isWellFormed() && long.endsWith('🐝…')).toBe(true)
})

test('PUSH-04 PUSH-05 PUSH-06 TRIP-63: standard and legacy messages have the headers that services want', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const apps = { alice: await wakeable(alice), bob: await wakeable(bob, { standard: false }) }
  await post(carol, { mentions: [alice, bob] })
  await settle()
  const { publicKey } = vapidKeys()
  const to = (name: string) => service.delivered.find((each) => each.path === `/wake/${name}`)!
  const [standard, legacy] = [to('alice').headers, to('bob').headers]
  expect(standard).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '172800', urgency: 'normal' })
  expect(legacy).toMatchObject({ 'content-encoding': 'aesgcm', ttl: '172800', urgency: 'normal' })
  expect(legacy['crypto-key']).toContain(`p256ecdsa=${publicKey}`)
  const [, jwt, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(standard['authorization']!)!
  expect(key).toBe(publicKey)
  const [, old] = /^WebPush (.+)$/.exec(legacy['authorization']!)!
  for (const each of [jwt!, old!]) {
    const claims = readJwt(each, publicKey)
    expect(claims).toMatchObject({ aud: service.url, sub: expect.stringMatching(/^mailto:.+@/) })
    const left = Number(claims.exp) - Date.now() / 1000
    expect(left > 0 && left <= 86_400).toBe(true)
  }
  expectEntity('PushPayload', apps.alice.open(to('alice')))
  expectEntity('PushPayload', apps.bob.open(to('bob')))
})

test('PUSH-06: whoever has the address in Unsubscribe-URL ends the subscription, and nobody else', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await wakeable(alice)
  await post(bob, { mentions: [alice] })
  await settle()
  const { pathname } = new URL(service.delivered[0]!.headers['unsubscribe-url']!)
  expect((await request('DELETE', `${pathname}x`)).status).toBe(200)
  expect((await request('DELETE', '/api/web/push_subscriptions/1-odd')).status).toBe(200)
  expect(await PushSubscription.count()).toBe(1)
  expect((await request('DELETE', pathname)).status).toBe(200)
  expect((await request('DELETE', pathname)).status).toBe(200)
  expect(await PushSubscription.count()).toBe(0)
})

test('PUSH-02 PUSH-09: only kinds that were turned on, from senders that the policy names, and nothing put aside', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: bob.account.id })
  await as(carol, followAccount, { accountId: alice.account.id })
  await settle()
  const mine = await post(alice)
  const woken = async (data: { alerts?: object; policy?: string }, kind = 'mention') => {
    await PushSubscription.destroy({ truncate: true, cascade: true })
    await wakeable(alice, data)
    await Notification.destroy({ truncate: true, cascade: true })
    await notify(
      alice.ctx,
      [bob, carol].map(({ account }) => ({
        accountId: alice.account.id,
        kind,
        fromId: account.id,
        postId: mine.id,
      })),
    )
    const ids = (await owed()).map(({ payload }) => (payload as { notificationId: string }).notificationId)
    await rows({}, 'DELETE FROM owed_work')
    const told = await Notification.findAll({ where: { id: ids } })
    return told.map(({ fromId }) => (fromId === bob.account.id ? 'bob' : 'carol')).sort()
  }
  expect(await woken({ policy: 'all' })).toEqual(['bob', 'carol'])
  expect(await woken({ policy: 'followed' })).toEqual(['bob'])
  expect(await woken({ policy: 'follower' })).toEqual(['carol'])
  expect(await woken({ policy: 'none' })).toEqual([])
  expect(await woken({ alerts: { mention: false, favourite: true } })).toEqual([])
  expect(await woken({ alerts: { favourite: true } }, 'favourite')).toEqual(['bob', 'carol'])
  await as(alice, changePolicy, { forNotFollowing: 'filter' })
  expect(await woken({ policy: 'all' })).toEqual(['bob'])
})

test('PUSH-08: a service that does not know the subscription ends it; 408 and 429 do not', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  for (const [status, left] of [
    [404, 0],
    [410, 0],
    [403, 0],
    [408, 1],
    [429, 1],
    [500, 1],
  ] as const) {
    await PushSubscription.destroy({ truncate: true, cascade: true })
    await wakeable(alice)
    service.status = status
    await post(bob, { mentions: [alice] })
    await settle()
    expect([status, await PushSubscription.count()]).toEqual([status, left])
    const open = await rows({}, `SELECT 1 FROM owed_work WHERE kind = 'push' AND attempts = 1`)
    expect([status, open.length]).toEqual([status, left])
    await rows({}, 'DELETE FROM owed_work')
  }
})

test('PUSH-08: other failures are tried again five times, then let go', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await wakeable(alice)
  service.status = 503
  await post(bob, { mentions: [alice] })
  await settle({ except: ['push', 'schedule', 'delivery'] })
  const [row] = await owed()
  for (let attempts = 1; attempts <= 5; attempts += 1) {
    await expect(sendPush(alice.ctx, { ...row!, attempts })).rejects.toBeInstanceOf(Retry)
    expect(pauseBeforePush(attempts)).toBeGreaterThan(0)
  }
  expect(pushTries).toBe(6)
  await sendPush(alice.ctx, { ...row!, attempts: 6 })
  expect(service.delivered).toHaveLength(6)
  expect(await PushSubscription.count()).toBe(1)
})

test('PUSH-08: what is two days old, gone, or for a revoked token is not sent', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { token } = await wakeable(alice)
  const told = await post(bob, { mentions: [alice] })
  await settle({ except: ['push', 'schedule', 'delivery'] })
  const [row] = await owed()
  const send = () => sendPush(alice.ctx, { ...row!, attempts: 1 })
  shiftClock(49 * 3_600_000)
  await send()
  shiftClock(0)
  await rows({}, 'UPDATE oauth_tokens SET revoked_at = now() WHERE scopes = $1', [['push']])
  await send()
  await rows({}, 'UPDATE oauth_tokens SET revoked_at = NULL')
  expect(service.delivered).toHaveLength(0)
  await send()
  expect(service.delivered).toHaveLength(1)
  await told.destroy()
  await send()
  expect(service.delivered).toHaveLength(1)
  expect(token).toBeTruthy()
})

test('CVE-2025-62175: an app of somebody who is locked out is not woken, whatever was owed already', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await wakeable(alice)
  await post(bob, { html: '<p>before</p>', mentions: [alice] })
  await settle({ except: ['push'] })
  expect(await owed()).toHaveLength(1)
  expect((await kith('accounts', 'disable', 'alice')).code).toBe(0)
  await post(bob, { html: '<p>after</p>', mentions: [alice] })
  await settle()
  expect(service.delivered).toEqual([])
  expect(await owed()).toEqual([])
})

test('a message that was taken is not sent again because of an answer that is too long', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await wakeable(alice)
  service.answer = 'x'.repeat(200_000)
  await post(bob, { mentions: [alice] })
  await settle()
  expect(service.delivered).toHaveLength(1)
  expect(await owed()).toEqual([])
})

test('a push is owed in the transaction of its notification, and nothing when that is undone', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await wakeable(alice)
  const notice = { accountId: alice.account.id, kind: 'follow', fromId: bob.account.id }
  await notify(alice.ctx, [notice])
  expect(await owed()).toHaveLength(1)
  await notify(alice.ctx, [notice])
  expect(await owed()).toHaveLength(1)
})
