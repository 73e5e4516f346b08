import { limits } from '#config/limits'
import { Follow } from '#core/relationships/follow.model'
import { followAccount } from '#core/relationships/follow-account'
import { List } from '#core/relationships/list.model'
import { ListMember } from '#core/relationships/list-member.model'
import { as, cast } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const path = '/api/v1/lists'

test('MISC-01: a list has a title, shows replies to members and is not exclusive unless told', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const { body } = await app.post(path, { title: ' Bees ' })
  expectEntity('List', body)
  expect(body).toMatchObject({ title: 'Bees', replies_policy: 'list', exclusive: false })
  for (const verb of ['put', 'patch'] as const) {
    const changed = await app[verb](`${path}/${body.id}`, { replies_policy: 'none', exclusive: 'true' })
    expect(changed.body).toMatchObject({ title: 'Bees', replies_policy: 'none', exclusive: true })
  }
  for (const wrong of [{}, { title: ' ' }, { title: 'x'.repeat(257) }, { title: 'x', replies_policy: 'all' }])
    expect((await app.post(path, wrong)).status).toBe(422)
  expect((await app.get(path)).body).toHaveLength(1)
})

test('MISC-01: nobody has more than 50 lists, however fast they are made', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  await List.bulkCreate(
    Array.from({ length: limits.list.perUser - 1 }, (_, at) => ({
      ownerId: alice.account.id,
      title: `${at}`,
    })),
  )
  const replies = await Promise.all(Array.from({ length: 4 }, () => app.post(path, { title: 'one more' })))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422])
})

test('MISC-02: members are followed or oneself, once each, all or none of a call', async () => {
  const { alice, bob, carol, dave } = await cast('alice', 'bob', 'carol', 'dave')
  for (const each of [bob, carol]) await as(alice, followAccount, { accountId: each.account.id })
  const app = client(alice)
  const list = (await app.post(path, { title: 'Bees' })).body
  const members = `${path}/${list.id}/accounts`
  const add = async (...ids: string[]) => (await app.post(members, { account_ids: ids })).status
  expect(await add(bob.account.id, dave.account.id)).toBe(422)
  expect(await add(bob.account.id, '77')).toBe(404)
  expect(await add('nonsense')).toBe(404)
  expect(await ListMember.count()).toBe(0)
  expect(await app.post(members, { account_ids: [bob.account.id, alice.account.id] })).toMatchObject({
    status: 200,
    body: {},
  })
  expect(await add(bob.account.id)).toBe(422)
  expect(await add(carol.account.id)).toBe(200)
  expect((await app.get(`/api/v1/accounts/${bob.account.id}/lists`)).body).toMatchObject([{ id: list.id }])
  const remove = `${members}?account_ids[]=${bob.account.id}&account_ids[]=${dave.account.id}`
  expect((await app.delete(remove)).status).toBe(200)
  expect(await ListMember.count()).toBe(2)
})

test('MISC-03: a foreign list is not found, and deleting one keeps the follows', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, followAccount, { accountId: bob.account.id })
  const list = (await client(alice).post(path, { title: 'Bees' })).body
  await client(alice).post(`${path}/${list.id}/accounts`, { account_ids: [bob.account.id] })
  const other = client(bob)
  const one = `${path}/${list.id}`
  const tries = await Promise.all([
    other.get(one),
    other.put(one, { title: 'x' }),
    other.delete(one),
    other.get(`${one}/accounts`),
    other.post(`${one}/accounts`, { account_ids: [bob.account.id] }),
  ])
  expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  expect((await client(alice).delete(one)).body).toEqual({})
  expect([await List.count(), await Follow.count()]).toEqual([0, 1])
})

test('PAGE-17: members come in pages, and all of them without links for limit=0', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const list = await List.create({ ownerId: alice.account.id, title: 'Bees' })
  for (const { account } of [alice, bob, carol])
    await ListMember.create({ listId: list.id, accountId: account.id })
  const app = client(alice)
  const first = await app.get(`${path}/${list.id}/accounts?limit=2`)
  expectEntity('Array<Account>', first.body)
  expect(first.headers.get('link')).toContain('rel="next"')
  const second = await app.get(`${path}/${list.id}/accounts?limit=2&max_id=${first.body[1].id}`)
  expect(second.body).toHaveLength(1)
  expect(second.headers.get('link')).not.toContain('rel="next"')
  const all = await app.get(`${path}/${list.id}/accounts?limit=0`)
  expect(all.body).toHaveLength(3)
  expect(all.headers.get('link')).toBeNull()
})
