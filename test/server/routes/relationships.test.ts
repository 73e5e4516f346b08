import { Follow } from '#core/relationships/follow.model'
import { followAccount } from '#core/relationships/follow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { as, cast, member, stranger } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'

test('ACCT-22: following an open account answers following, a locked one requested', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const locked = await member('locked', { account: { isLocked: true } })
  const [open, shut] = [await stranger('open'), await stranger('shut', 'remote.example', { isLocked: true })]
  const app = client(alice)
  const follow = async (id: string) => (await app.post(`/api/v1/accounts/${id}/follow`)).body
  for (const id of [bob.account.id, open.id])
    expect(await follow(id)).toMatchObject({ following: true, requested: false, showing_reblogs: true })
  for (const id of [locked.account.id, shut.id])
    expect(await follow(id)).toMatchObject({ following: false, requested: true })
})

test('ACCT-23: reblogs, notify and languages are kept and shown', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { body } = await client(alice).post(`/api/v1/accounts/${bob.account.id}/follow`, {
    reblogs: false,
    notify: 'true',
    languages: ['de', 'cy'],
  })
  expectEntity('Relationship', body)
  expect(body).toMatchObject({ showing_reblogs: false, notifying: true, languages: ['de', 'cy'] })
})

test('ACCT-24: following oneself is 403, an unknown account 404', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  expect((await app.post(`/api/v1/accounts/${alice.account.id}/follow`)).status).toBe(403)
  for (const id of ['123', 'abc', '99999999999999999999'])
    expect((await app.post(`/api/v1/accounts/${id}/follow`)).status).toBe(404)
})

test('TRIP-51: actions work with and without an empty body of any type', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const path = `/api/v1/accounts/${bob.account.id}`
  const app = client(alice)
  expect((await app.post(`${path}/follow`, '', { headers: { 'Content-Type': 'text/plain' } })).status).toBe(
    200,
  )
  expect((await app.post(`${path}/unfollow`, {})).body).toMatchObject({ following: false })
  expect((await app.post(`${path}/unfollow`)).body).toMatchObject({ following: false })
  expect((await app.post(`${path}/remove_from_followers`)).body).toMatchObject({ followed_by: false })
})

test('ACCT-28: blocking and muting oneself answer 200 and change nothing', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  for (const act of ['block', 'mute']) {
    const { status, body } = await app.post(`/api/v1/accounts/${alice.account.id}/${act}`)
    expect({ status, blocking: body.blocking, muting: body.muting }).toEqual({
      status: 200,
      blocking: false,
      muting: false,
    })
  }
})

test('ACCT-29: a mute shows its end: in whole seconds in the relationship, with fractions in the list', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const { body } = await app.post(`/api/v1/accounts/${bob.account.id}/mute`, {
    duration: '3600',
    notifications: false,
  })
  expectEntity('Relationship', body)
  expect(body).toMatchObject({ muting: true, muting_notifications: false })
  expect(body.muting_expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  const list = (await app.get('/api/v1/mutes')).body
  expectEntity('Array<MutedAccount>', list)
  expect(list[0].mute_expires_at.slice(0, 19)).toBe(body.muting_expires_at.slice(0, 19))
  await as(alice, muteAccount, { accountId: bob.account.id })
  expect((await app.get('/api/v1/mutes')).body[0].mute_expires_at).toBeNull()
})

test('ACCT-32: relationships come for known ids only, suspended ones when asked for, in one query', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const gone = await member('gone', { account: { suspendedAt: new Date() } })
  const app = client(alice)
  const path = `/api/v1/accounts/relationships?id[]=${bob.account.id}&id[]=${gone.account.id}&id[]=77&id[]=x`
  const { body } = await app.get(path)
  expectEntity('Array<Relationship>', body)
  expect(body.map(({ id }: { id: string }) => id)).toEqual([bob.account.id])
  expect((await app.get(`${path}&with_suspended=true`)).body).toHaveLength(2)
  expect((await app.get(`/api/v1/accounts/relationships?id=${bob.account.id}`)).body).toHaveLength(1)
  expect((await app.get('/api/v1/accounts/relationships')).body).toEqual([])
  const one = await countQueries(() => app.get(`/api/v1/accounts/relationships?id=${bob.account.id}`))
  const two = await countQueries(() => app.get(`${path}&with_suspended=true`))
  expect(two).toBe(one)
})

test('ACCT-38: requests are listed newest first and answered with the relationship', async () => {
  const { alice, carol } = await cast('alice', 'carol')
  const bob = await member('bob', { account: { isLocked: true } })
  await as(alice, followAccount, { accountId: bob.account.id })
  await as(carol, followAccount, { accountId: bob.account.id })
  const app = client(bob)
  const { body } = await app.get('/api/v1/follow_requests')
  expectEntity('Array<Account>', body)
  expect(body.map(({ username }: { username: string }) => username)).toEqual(['carol', 'alice'])
  const path = (who: typeof alice, act: string) => `/api/v1/follow_requests/${who.account.id}/${act}`
  expect((await app.post(path(alice, 'authorize'))).body).toMatchObject({ followed_by: true })
  expect((await app.post(path(carol, 'reject'))).body).toMatchObject({
    followed_by: false,
    requested_by: false,
  })
  expect((await app.post(path(carol, 'authorize'))).status).toBe(404)
  expect((await app.get('/api/v1/follow_requests')).body).toEqual([])
})

test('ACCT-17: hidden and forbidden networks are empty lists, and the owner sees them always', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: bob.account.id })
  const path = `/api/v1/accounts/${bob.account.id}/followers`
  const usernames = async (app: ReturnType<typeof client>) =>
    (await app.get(path)).body.map(({ username }: { username: string }) => username)
  expect(await usernames(client())).toEqual(['alice'])
  await client(bob).post(`/api/v1/accounts/${carol.account.id}/block`)
  expect(await usernames(client(carol))).toEqual([])
  await bob.account.update({ hidesCollections: true })
  expect(await usernames(client())).toEqual([])
  expect(await usernames(client(bob))).toEqual(['alice'])
})

test('PAGE-08, PAGE-11 and PAGE-14: lists of accounts page by relation, and link on while pages are full', async () => {
  const { alice } = await cast('alice')
  const many = await Promise.all(['b', 'c', 'd', 'e', 'f'].map((name) => stranger(name)))
  for (const each of many)
    await Follow.create({
      followerId: each.id,
      followedId: alice.account.id,
      state: 'accepted',
      uri: each.uri,
    })
  const app = client()
  const seen: string[] = []
  let path: string | undefined = `/api/v1/accounts/${alice.account.id}/followers?limit=2`
  const links: string[] = []
  while (path) {
    const { body, headers } = await app.get(path)
    seen.push(...body.map(({ username }: { username: string }) => username))
    links.push(headers.get('link') ?? '')
    const next = /<([^>]+)>; rel="next"/.exec(links.at(-1) ?? '')?.[1]
    path = next ? new URL(next).pathname + new URL(next).search : undefined
  }
  expect(seen).toEqual(['f', 'e', 'd', 'c', 'b'])
  expect(links[0]).toMatch(/max_id=\d+>; rel="next", <[^>]+since_id=\d+>; rel="prev"/)
  expect(links.at(-1)).not.toContain('rel="next"')
})
