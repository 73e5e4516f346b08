import { followAccount } from '#core/relationships/follow-account'
import { blockAccount } from '#core/relationships/block-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { Account } from '#core/accounts/account.model'
import { as, cast, member, type Member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'

const at = (who: Member, act: string) => `/api/v1/accounts/${who.account.id}/${act}`
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)

test('ACCT-31: a note is for whoever wrote it alone, and a blank one takes it away', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const written = await app.post(at(bob, 'note'), { comment: 'met at the\nhedge' })
  expectEntity('Relationship', written.body)
  expect(written.body.note).toBe('met at the\nhedge')
  const mirror = await client(bob).get(`/api/v1/accounts/relationships?id=${alice.account.id}`)
  expect(mirror.body[0].note).toBe('')
  expect((await app.post(at(bob, 'note'), { comment: 'x'.repeat(2000) })).status).toBe(200)
  expect((await app.post(at(bob, 'note'), { comment: 'x'.repeat(2001) })).status).toBe(422)
  expect((await app.post(at(bob, 'note'), { comment: ' ' })).body.note).toBe('')
  expect((await app.post('/api/v1/accounts/1/note', { comment: 'x' })).status).toBe(404)
  expect((await client(alice, ['read']).post(at(bob, 'note'))).status).toBe(403)
})

test('ACCT-34 INST-08: endorsing needs a follow, may be repeated, and has an older name', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const app = client(alice)
  expect((await app.post(at(bob, 'endorse'))).status).toBe(422)
  for (const each of [bob, carol]) await as(alice, followAccount, { accountId: each.account.id })
  for (const act of ['endorse', 'endorse', 'pin']) {
    const { body } = await app.post(at(bob, act))
    expectEntity('Relationship', body)
    expect(body.endorsed).toBe(true)
  }
  await app.post(at(carol, 'pin'))
  const own = await app.get('/api/v1/endorsements')
  expectEntity('Array<Account>', own.body)
  expect(idsOf(own.body).sort()).toEqual([bob.account.id, carol.account.id].sort())
  expect(idsOf((await client().get(at(alice, 'endorsements'))).body)).toEqual(idsOf(own.body))
  expect((await app.post(at(bob, 'unpin'))).body.endorsed).toBe(false)
  expect((await app.post(at(bob, 'unendorse'))).body.endorsed).toBe(false)
  await as(alice, unfollowAccount, { accountId: carol.account.id })
  expect((await app.get('/api/v1/endorsements')).body).toEqual([])
})

test('PAGE-17: endorsements page by link, and with limit 0 all come at once', async () => {
  const alice = await member('alice')
  const app = client(alice)
  for (let n = 0; n < 5; n += 1) {
    const each = await member(`friend${n}`)
    await as(alice, followAccount, { accountId: each.account.id })
    await app.post(at(each, 'endorse'))
  }
  const first = await app.get('/api/v1/endorsements?limit=3')
  expect(first.headers.get('link')).toMatch(/max_id=\d+>; rel="next".*since_id=\d+>; rel="prev"/)
  const next = await app.get(`/api/v1/endorsements?limit=3&max_id=${first.body[2].id}`)
  const all = await app.get('/api/v1/endorsements?limit=0')
  expect(all.headers.get('link')).toBeNull()
  expect(idsOf(all.body)).toEqual([...idsOf(first.body), ...idsOf(next.body)])
  expect(all.body).toHaveLength(5)
})

test('endorsements are not shown by who is suspended or blocks the viewer', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: carol.account.id })
  await client(alice).post(at(carol, 'endorse'))
  await as(alice, blockAccount, { accountId: bob.account.id })
  expect((await client(bob).get(at(alice, 'endorsements'))).body).toEqual([])
  expect((await client(carol).get(at(alice, 'endorsements'))).body).toHaveLength(1)
  await Account.update({ suspendedAt: new Date() }, { where: { id: alice.account.id } })
  expect((await client(carol).get(at(alice, 'endorsements'))).body).toEqual([])
})

test('ACCT-33 MISC-15: familiar followers are those whom the caller follows too, and none of a hidden network', async () => {
  const { alice, bob, carol, dan } = await cast('alice', 'bob', 'carol', 'dan')
  const hidden = await member('hidden', { account: { hidesCollections: true } })
  for (const followed of [bob, carol]) await as(alice, followAccount, { accountId: followed.account.id })
  for (const follower of [bob, carol, dan])
    for (const { account } of [hidden, follower === dan ? bob : dan])
      await as(follower, followAccount, { accountId: account.id })
  const ids = [dan, hidden, bob].map(({ account }) => `id[]=${account.id}`).join('&')
  const app = client(alice, ['read:follows'])
  const { body } = await app.get(`/api/v1/accounts/familiar_followers?${ids}&id[]=77&id[]=x`)
  expectEntity('Array<FamiliarFollowers>', body)
  expect(body.map((each: { accounts: { id: string }[] }) => idsOf(each.accounts))).toEqual([
    [carol.account.id, bob.account.id],
    [],
    [],
  ])
})

test('familiar followers cost the same number of queries for one and for many', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, followAccount, { accountId: bob.account.id })
  const others = await Promise.all(Array.from({ length: 12 }, (_, n) => member(`other${n}`)))
  for (const other of others) await as(bob, followAccount, { accountId: other.account.id })
  const app = client(alice)
  const ask = (some: Member[]) =>
    app.get(
      `/api/v1/accounts/familiar_followers?${some.map(({ account }) => `id[]=${account.id}`).join('&')}`,
    )
  await ask(others.slice(0, 1))
  const [one, many] = [
    await countQueries(() => ask(others.slice(0, 1))),
    await countQueries(() => ask(others)),
  ]
  expect(many).toBe(one)
})

test('ACCT-36: identity proofs are an empty list, said to be deprecated', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { body, headers } = await client(alice).get(at(bob, 'identity_proofs'))
  expect(body).toEqual([])
  expect(headers.get('deprecation')).toBe('@1648598400')
  expect((await client(alice).get('/api/v1/accounts/77/identity_proofs')).status).toBe(404)
})

test('subscriptions by mail are off', async () => {
  const { alice } = await cast('alice')
  const sent = await client().post(at(alice, 'email_subscriptions'), { email: 'a@mail.example' })
  expect(sent.status).toBe(404)
})
