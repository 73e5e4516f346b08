import { endAccount } from '#core/accounts/end-account'
import { Notification } from '#core/notifications/notification.model'
import { blockAccount } from '#core/relationships/block-account'
import { rows } from '#platform/db'
import { as, cast, member, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'
import { makeToken } from '#test/support/client'
import { closeAll, openSocket } from '#test/support/streams'

const path = '/api/v1/notifications/requests'
type Shown = { id: string; account: { username: string }; notifications_count: string }

afterEach(closeAll)

/** Makes `member` put aside whom they do not follow. */
const shy = (member: Member) =>
  client(member).patch('/api/v2/notifications/policy', { for_not_following: 'filter' })

const say = async (from: Member, to: Member, text = 'hello') => {
  const said = await post(from, { text, mentions: [to] })
  await settle()
  return said
}

const waiting = async (alice: Member): Promise<Shown[]> => {
  const { body } = await client(alice).get(path)
  expectEntity('Array<NotificationRequest>', body)
  return body
}

const listed = async (alice: Member, query = ''): Promise<string[]> =>
  (await client(alice).get(`/api/v1/notifications${query}`)).body.map(({ id }: Shown) => id)

test('NOTE-06: the policy is shown and changed in parts, in both versions', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const [newer, older] = ['/api/v2/notifications/policy', '/api/v1/notifications/policy']
  const { body } = await app.get(newer)
  expectEntity('NotificationPolicy', body)
  expect(body).toMatchObject({
    for_not_following: 'accept',
    for_not_followers: 'accept',
    for_new_accounts: 'accept',
    for_private_mentions: 'filter',
    for_limited_accounts: 'filter',
    for_bots: 'accept',
    summary: { pending_requests_count: 0, pending_notifications_count: 0 },
  })
  const changed = await app.patch(newer, { for_bots: 'drop', for_not_following: '' })
  expect(changed.body).toEqual({ ...body, for_bots: 'drop' })
  expect((await app.put(newer, new URLSearchParams({ for_private_mentions: 'accept' }))).body).toEqual({
    ...body,
    for_bots: 'drop',
    for_private_mentions: 'accept',
  })
  const old = await app.get(older)
  expectEntity('V1::NotificationPolicy', old.body)
  expect(old.body).toMatchObject({ filter_bots: true, filter_private_mentions: false })
  for (const method of ['put', 'patch'] as const) {
    const isOn = method === 'put'
    const { body: answer } = await app[method](older, { filter_new_accounts: isOn })
    expectEntity('V1::NotificationPolicy', answer)
    expect(answer).toMatchObject({ filter_new_accounts: isOn, filter_bots: true })
  }
  const refused = await app.patch(newer, { for_bots: 'perhaps' })
  expect(refused.status).toBe(422)
  expectEntity('Error', refused.body)
  expect((await client(alice, ['read']).patch(newer, { for_bots: 'drop' })).status).toBe(403)
})

test('NOTE-08: mentions that were put aside make one request of each sender, the newest first', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await shy(alice)
  await say(bob, alice)
  await say(carol, alice)
  const last = await say(bob, alice, 'again')
  const [first, second] = await waiting(alice)
  expect(first).toMatchObject({ account: { username: 'carol' }, notifications_count: '1' })
  expect(second).toMatchObject({
    account: { username: 'bob' },
    notifications_count: '2',
    last_status: { id: last.id },
  })
  const { body } = await client(alice).get(`${path}/${second!.id}`)
  expect(body).toEqual(second)
  expect((await client(bob).get(`${path}/${second!.id}`)).status).toBe(404)
  const policy = (await client(alice).get('/api/v2/notifications/policy')).body
  expect(policy.summary).toEqual({ pending_requests_count: 2, pending_notifications_count: 3 })
  await last.destroy()
  expect((await waiting(alice))[1]).toMatchObject({ notifications_count: '1' })
})

test('NOTE-04: those put aside are left out unless they are asked for, or their sender is', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await say(carol, alice)
  await shy(alice)
  await say(bob, alice)
  const [open] = await listed(alice)
  expect(await listed(alice)).toHaveLength(1)
  const all = await listed(alice, '?include_filtered=true')
  expect(all).toHaveLength(2)
  expect(all[1]).toBe(open)
  expect(await listed(alice, `?account_id=${bob.account.id}`)).toEqual(all.slice(0, 1))
  const { body } = await client(alice).get(`/api/v1/notifications/${all[0]}`)
  expectEntity('Notification', body)
  expect(body.filtered).toBe(true)
  const grouped = async (query: string) =>
    (await client(alice).get(`/api/v2/notifications${query}`)).body.notification_groups.length
  expect(await grouped('')).toBe(1)
  expect(await grouped('?include_filtered=true')).toBe(2)
  const count = async (query: string) =>
    (await client(alice).get(`/api/v1/notifications/unread_count${query}`)).body.count
  expect(await count('')).toBe(1)
  expect(await count('?include_filtered=true')).toBe(2)
})

test('NOTE-09 STRM-09: accepting moves all of a sender into the list, lets further ones pass and says so', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await shy(alice)
  await say(bob, alice)
  await say(bob, alice, 'again')
  const { frames, done } = await openSocket('?stream=user:notification', {
    token: await makeToken(['read'], alice),
  })
  await done()
  const [request] = await waiting(alice)
  const app = client(alice)
  const merged = async () => {
    const { body } = await app.get(`${path}/merged`)
    expectEntity('NotificationsMerged', body)
    return body.merged
  }
  expect((await app.post(`${path}/${request!.id}/accept`)).body).toEqual({})
  expect(await merged()).toBe(false)
  expect(await waiting(alice)).toEqual([])
  await settle()
  expect(await merged()).toBe(true)
  const frame = await frames.next()
  expectEntity('Streaming::Frame', frame)
  expect(frame).toEqual({ stream: ['user:notification'], event: 'notifications_merged', payload: '1' })
  expect(await listed(alice)).toHaveLength(2)
  await say(bob, alice, 'and again')
  expect(await listed(alice)).toHaveLength(3)
  expect((await app.post(`${path}/${request!.id}/accept`)).status).toBe(404)
})

test('NOTE-09: dismissing takes a request away and leaves what was put aside where it is', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await shy(alice)
  await say(bob, alice)
  const [request] = await waiting(alice)
  expect((await client(bob).post(`${path}/${request!.id}/dismiss`)).status).toBe(404)
  expect((await client(alice).post(`${path}/${request!.id}/dismiss`)).body).toEqual({})
  expect(await waiting(alice)).toEqual([])
  await settle()
  expect(await listed(alice)).toEqual([])
  expect(await listed(alice, '?include_filtered=1')).toHaveLength(1)
  await say(bob, alice, 'again')
  expect(await waiting(alice)).toHaveLength(1)
  expect((await client(alice).post(`${path}/${request!.id}/dismiss`)).status).toBe(404)
})

test('NOTE-10: many requests are accepted or dismissed at once', async () => {
  const { alice, bob, carol, dave } = await cast('alice', 'bob', 'carol', 'dave')
  await shy(alice)
  for (const who of [bob, carol, dave]) await say(who, alice)
  const [first, second, third] = (await waiting(alice)).map(({ id }) => id)
  const app = client(alice)
  const form = new URLSearchParams([
    ['id[]', first!],
    ['id[]', second!],
    ['id[]', 'odd'],
  ])
  expect((await app.post(`${path}/accept`, form)).body).toEqual({})
  await settle()
  expect((await app.post(`${path}/dismiss`, { id: [third, '1'] })).body).toEqual({})
  expect(await waiting(alice)).toEqual([])
  expect(await listed(alice)).toHaveLength(2)
})

test('NOTE-05: who is blocked is in no request and needs to be let in anew', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await shy(alice)
  await say(bob, alice)
  await as(alice, blockAccount, { accountId: bob.account.id })
  await settle()
  expect(await waiting(alice)).toEqual([])
  expect(await Notification.count()).toBe(0)
})

test('the number of queries of a page does not depend on how many requests it has', async () => {
  const { alice } = await cast('alice')
  await shy(alice)
  for (let at = 0; at < 8; at += 1) {
    await post(await member(`m${at}`), { mentions: [alice] })
    await post(await stranger(`s${at}`), { mentions: [alice], uri: `https://remote.example/${at}` })
  }
  await settle()
  const app = client(alice)
  await app.get(path)
  const few = await countQueries(() => app.get(`${path}?limit=2`))
  expect(await countQueries(() => app.get(`${path}?limit=16`))).toBe(few)
  expect((await app.get(path)).body).toHaveLength(16)
})

test('R-065 nothing is left of an account that is gone, on either side', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  for (const [to, from] of [
    [alice, bob],
    [bob, alice],
    [alice, carol],
    [carol, alice],
  ] as const) {
    await shy(to)
    await say(from, to)
    const found = (await waiting(to)).find(({ account }) => account.username === from.account.username)
    if (from !== carol && to !== carol) await client(to).post(`${path}/${found!.id}/accept`)
  }
  await settle()
  await endAccount(alice.ctx, { accountId: alice.account.id })
  await settle()
  const left: Record<string, number> = {}
  for (const table of [
    'notifications',
    'notification_requests',
    'notification_permissions',
    'notification_policies',
  ])
    left[table] = (await rows({}, `SELECT 1 FROM ${table}`)).length
  expect(left).toEqual({
    notifications: 0,
    notification_requests: 0,
    notification_permissions: 0,
    notification_policies: 2,
  })
})
