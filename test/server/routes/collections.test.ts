import { Account } from '#core/accounts/account.model'
import { CollectionItem } from '#core/collections/collection-item.model'
import { blockAccount } from '#core/relationships/block-account'
import { as, cast, member, stranger, type Member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const path = '/api/v1/collections'
const open = { account: { isDiscoverable: true } }
const usual = { name: 'Friends', sensitive: false, discoverable: true }

async function make(owner: Member, accounts: { id: string }[] = [], more: object = {}) {
  const sent = { ...usual, account_ids: accounts.map(({ id }) => id), ...more }
  const { body } = await client(owner).post(path, sent)
  expectEntity('WrappedCollection', body)
  return body.collection as { id: string; url: string; items: { id: string; account_id: string }[] }
}

test('COLL-01 COLL-02 a collection has a name, a description, a language, a hashtag and accounts', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const app = client(alice)
  const made = await make(alice, [bob.account], {
    description: 'of the hedge',
    language: 'en',
    tag_name: '#Hedge',
  })
  expect(made).toMatchObject({
    name: 'Friends',
    description: 'of the hedge',
    language: 'en',
    account_id: alice.account.id,
    local: true,
    item_count: 1,
    tag: { name: 'Hedge', url: expect.stringContaining('/tags/hedge') },
    items: [{ state: 'accepted', account_id: bob.account.id }],
  })
  const whole = await client().get(`${path}/${made.id}`)
  expectEntity('CollectionWithAccounts', whole.body)
  expect(whole.body.accounts.map(({ id }: Account) => id)).toEqual([alice.account.id, bob.account.id])
  const changed = await app.patch(`${path}/${made.id}`, { name: 'Others', tag_name: '', description: '' })
  expectEntity('WrappedCollection', changed.body)
  expect(changed.body.collection).toMatchObject({
    name: 'Others',
    tag: null,
    description: '',
    language: 'en',
  })
  const put = await app.put(`${path}/${made.id}`, { sensitive: 'true' })
  expect(put.body.collection).toMatchObject({ name: 'Others', sensitive: true })
  const gone = await app.delete(`${path}/${made.id}`)
  expect([gone.status, gone.body]).toEqual([200, ''])
  expect((await app.get(`${path}/${made.id}`)).status).toBe(404)
})

test('COLL-01 ERR-15 what breaks a rule is refused, with an object under error', async () => {
  const alice = await member('alice')
  const app = client(alice)
  for (const [wrong, field] of [
    [{ name: '' }, 'name'],
    [{ name: undefined }, 'name'],
    [{ name: 'x'.repeat(41) }, 'name'],
    [{ description: 'x'.repeat(101) }, 'description'],
    [{ language: 'no language' }, 'language'],
    [{ tag_name: 'two words' }, 'tag_name'],
    [{ sensitive: undefined }, 'sensitive'],
    [{ discoverable: undefined }, 'discoverable'],
  ] as const) {
    const { status, body } = await app.post(path, { ...usual, ...wrong })
    expect({ field, status }).toEqual({ field, status: 422 })
    expectEntity('CollectionValidationError', body)
    expect(Object.keys(body.error.details)).toContain(field)
  }
  for (let n = 0; n < 10; n += 1) await make(alice)
  const over = await app.post(path, usual)
  expect(over.status).toBe(422)
  expectEntity('CollectionValidationError', over.body)
  const role = (await app.get('/api/v1/accounts/verify_credentials')).body.role
  expect(role.collection_limit).toBe(10)
})

test('COLL-01 a collection has at most 25 accounts, each once', async () => {
  const [alice, first] = [await member('alice'), await member('first', open)]
  const { id } = await make(alice, [first.account])
  const app = client(alice)
  const add = (account: { id: string }) => app.post(`${path}/${id}/items`, { account_id: account.id })
  const again = await add(first.account)
  expect(again.status).toBe(422)
  expectEntity('CollectionValidationError', again.body)
  for (let n = 0; n < 24; n += 1) {
    const { account } = await member(`user${n}`, open)
    await CollectionItem.create({ collectionId: id, accountId: account.id, state: 'accepted' })
  }
  expect((await add((await member('late', open)).account)).status).toBe(422)
  const missing = await app.post(`${path}/${id}/items`, {})
  expectEntity('CollectionValidationError', missing.body)
  expect(missing.status).toBe(422)
})

test('COLL-03 who wants to be found is in at once, others refuse, and accounts elsewhere are pending', async () => {
  const [alice, bob, shy] = [await member('alice'), await member('bob', open), await member('shy')]
  const foe = await member('foe', open)
  await as(foe, blockAccount, { accountId: alice.account.id })
  const away = await stranger('away')
  const { id } = await make(alice)
  const app = client(alice)
  const add = (account: { id: string }) => app.post(`${path}/${id}/items`, { account_id: account.id })
  const states = []
  for (const account of [bob.account, away]) {
    const { body } = await add(account)
    expectEntity('WrappedCollectionItem', body)
    states.push(body.collection_item.state)
  }
  expect(states).toEqual(['accepted', 'pending'])
  for (const account of [shy.account, foe.account]) expect((await add(account)).status).toBe(403)
  expect((await add({ id: '77' })).status).toBe(404)
  const all = await app.post(path, { ...usual, account_ids: [bob.account.id, shy.account.id] })
  expect(all.status).toBe(403)
  expect((await app.get(`/api/v1/accounts/${alice.account.id}/collections`)).body.collections).toHaveLength(1)
  const approval = async (account: { id: string }) =>
    (await client().get(`/api/v1/accounts/${account.id}`)).body.feature_approval.current_user
  expect([await approval(bob.account), await approval(shy.account), await approval(away)]).toEqual([
    'automatic',
    'denied',
    'missing',
  ])
})

test('COLL-04 who is in a collection may leave it for good; pending and blocked ones are not shown to others', async () => {
  const alice = await member('alice')
  const [bob, carol] = [await member('bob', open), await member('carol', open)]
  const away = await stranger('away')
  const made = await make(alice, [bob.account, carol.account, away])
  const items = async (who?: Member) =>
    (await client(who).get(`${path}/${made.id}`)).body.collection.items.map(
      (item: { account_id: string }) => item.account_id,
    )
  expect(await items(alice)).toEqual([bob.account.id, carol.account.id, away.id])
  expect(await items()).toEqual([bob.account.id, carol.account.id])
  await as(carol, blockAccount, { accountId: bob.account.id })
  expect(await items(bob)).toEqual([bob.account.id])
  expect(await items(carol)).toEqual([carol.account.id])
  const place = made.items.find((item) => item.account_id === bob.account.id)
  const revoke = `${path}/${made.id}/items/${place?.id}/revoke`
  expect((await client(carol).post(revoke)).status).toBe(403)
  for (let n = 0; n < 2; n += 1) {
    const left = await client(bob).post(revoke)
    expect([left.status, left.body]).toEqual([200, ''])
  }
  expect(await items(alice)).toEqual([carol.account.id, away.id])
  const again = await client(alice).post(`${path}/${made.id}/items`, { account_id: bob.account.id })
  expect(again.status).toBe(403)
  expect((await client(alice).delete(`${path}/${made.id}/items/${place?.id}`)).status).toBe(404)
})

test('only the owner changes a collection', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const made = await make(alice, [bob.account])
  const app = client(bob)
  const at = `${path}/${made.id}`
  for (const answer of [
    await app.patch(at, { name: 'x' }),
    await app.delete(at),
    await app.post(`${at}/items`, { account_id: bob.account.id }),
    await app.delete(`${at}/items/${made.items[0]?.id}`),
  ])
    expect(answer.status).toBe(403)
  expect((await client(alice).delete(`${at}/items/${made.items[0]?.id}`)).body).toBe('')
  expect((await client(alice).get(at)).body.collection.items).toEqual([])
  expect((await app.patch(`${path}/77`, {})).status).toBe(404)
})

test('COLL-05 undiscoverable collections are listed for their owner alone, and read by whoever has the link', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const hidden = await make(alice, [], { discoverable: false })
  const shown = await make(alice)
  const list = async (who?: Member) =>
    (await client(who).get(`/api/v1/accounts/${alice.account.id}/collections`)).body.collections.map(
      ({ id }: { id: string }) => id,
    )
  expect(await list(alice)).toEqual([shown.id, hidden.id])
  expect(await list()).toEqual([shown.id])
  expect((await client(bob).get(`${path}/${hidden.id}`)).status).toBe(200)
  await as(alice, blockAccount, { accountId: carol.account.id })
  expect(await list(carol)).toEqual([])
  expect((await client(carol).get(`${path}/${shown.id}`)).status).toBe(404)
  await Account.update({ suspendedAt: new Date() }, { where: { id: alice.account.id } })
  expect(await list(bob)).toEqual([])
})

test('PAGE-18 collections page by offset, with a next link only while more follow', async () => {
  const { alice } = await cast('alice')
  for (let n = 0; n < 4; n += 1) await make(alice)
  const at = `/api/v1/accounts/${alice.account.id}/collections`
  const first = await client().get(`${at}?limit=2`)
  expectEntity('Collections', first.body)
  expect(first.headers.get('link')).toMatch(/^<[^>]+limit=2&offset=2>; rel="next"$/)
  const second = await client().get(`${at}?limit=2&offset=2`)
  expect(second.headers.get('link')).toMatch(/^<[^>]+offset=0>; rel="prev"$/)
  expect(second.body.collections).toHaveLength(2)
  expect((await client().get('/api/v1/accounts/77/collections')).status).toBe(404)
})

test('COLL-06 in which collections somebody is, is for oneself alone', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const { id } = await make(alice, [bob.account], { discoverable: false })
  const at = `/api/v1/accounts/${bob.account.id}/in_collections`
  const { body } = await client(bob).get(at)
  expectEntity('Collections', body)
  expect(body.collections).toMatchObject([{ id }])
  expect((await client(alice).get(at)).status).toBe(403)
})

test('COLL-08 HTTP-20 the older paths do the same, and say that they are old', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const app = client(alice)
  const alpha = '/api/v1_alpha/collections'
  const made = await app.post(alpha, usual)
  expectEntity('WrappedCollection', made.body)
  expect(made.headers.get('deprecation')).toBe('@1781049600')
  const at = `${alpha}/${made.body.collection.id}`
  expect((await app.patch(at, { name: 'A' })).body.collection.name).toBe('A')
  expect((await app.put(at, { name: 'B' })).body.collection.name).toBe('B')
  const added = await app.post(`${at}/items`, { account_id: bob.account.id })
  expectEntity('WrappedCollectionItem', added.body)
  expect((await client().get(at)).body.accounts).toHaveLength(2)
  for (const [who, name] of [
    [alice, 'collections'],
    [bob, 'in_collections'],
  ] as const) {
    const { body } = await client(who).get(`/api/v1_alpha/accounts/${who.account.id}/${name}`)
    expectEntity('Collections', body)
    expect(body.collections).toHaveLength(1)
  }
  const place = `${at}/items/${added.body.collection_item.id}`
  expect((await client(bob).post(`${place}/revoke`)).body).toBe('')
  expect((await app.delete(place)).status).toBe(404)
  expect((await app.delete(at)).body).toBe('')
})
