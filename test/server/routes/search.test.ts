import { cast, member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'
import { Hashtag } from '#core/posts/hashtag.model'

test('SRCH-01 needs q, and always answers all four arrays', async () => {
  const { alice } = await cast('alice')
  expect((await client(alice).get('/api/v2/search')).status).toBe(400)
  const { status, body } = await client(alice).get('/api/v2/search?q=zzz')
  expect(status).toBe(200)
  expect(body).toEqual({ accounts: [], statuses: [], hashtags: [], collections: [] })
})

test('SRCH-07 accounts by a part of their name, hashtags by their beginning, the exact one first', async () => {
  const { alice } = await cast('alice', 'bobby')
  await Hashtag.bulkCreate([
    { name: 'bobsleigh', displayName: 'Bobsleigh' },
    { name: 'bob', displayName: 'Bob' },
  ])
  const { body } = await client(alice).get('/api/v2/search?q=bob')
  expectEntity('Search', body)
  expect(body.accounts.map((each: { acct: string }) => each.acct)).toEqual(['bobby'])
  expect(body.hashtags.map((each: { name: string }) => each.name)).toEqual(['Bob', 'Bobsleigh'])
  const unused = await client(alice).get('/api/v2/search?q=%23NeverUsed&type=hashtags')
  expect(unused.body.hashtags[0]).toMatchObject({ id: '', name: 'NeverUsed' })
})

test('SRCH-02 the address of a post is the only result, for those who may see it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const secret = await post(alice, { visibility: 'direct' })
  const url = `http://localhost:3000/@alice/${secret.id}`
  const asked = `/api/v2/search?resolve=true&q=${encodeURIComponent(url)}`
  const own = await client(alice).get(asked)
  expect(own.body.statuses.map((each: { id: string }) => each.id)).toEqual([secret.id])
  expect((await client(bob).get(asked)).body.statuses).toEqual([])
})

test('SRCH-02 an address that leads nowhere gives empty arrays', async () => {
  const { alice } = await cast('alice')
  const { status, body } = await client(alice).get(
    '/api/v2/search?resolve=true&q=http%3A%2F%2Flocalhost%3A1%2Fnothing',
  )
  expect([status, body.accounts, body.statuses]).toEqual([200, [], []])
})

test('SRCH-03 resolve and offset without a user are 401', async () => {
  expect((await client().get('/api/v2/search?q=a&resolve=true')).status).toBe(401)
  expect((await client().get('/api/v2/search?q=a&type=accounts&offset=20')).status).toBe(401)
})

test('PAGE-19 a negative limit or offset is 400', async () => {
  const { alice } = await cast('alice')
  expect((await client(alice).get('/api/v2/search?q=a&limit=-1')).status).toBe(400)
  expect((await client(alice).get('/api/v2/search?q=a&type=accounts&offset=-1')).status).toBe(400)
})

test('SRCH-04 SRCH-05 SRCH-06 SRCH-09 posts by what they say, and never a collection', async () => {
  const alice = await member('alice')
  const bob = await member('bob', { account: { isIndexable: true } })
  const [one, two] = [await post(bob, { text: 'a quick badger' }), await post(bob, { text: 'slow badgers' })]
  await settle()
  const ids = async (query: string) => {
    const { status, body } = await client(alice).get(`/api/v2/search?${query}`)
    expect(status).toBe(200)
    expectEntity('Search', body)
    expect(body.collections).toEqual([])
    return body.statuses.map((each: { id: string }) => each.id)
  }
  expect(await ids('q=badger')).toEqual([two.id, one.id])
  expect(await ids('q=badger&type=accounts')).toEqual([])
  expect(await ids('q=badger%20-slow&type=statuses')).toEqual([one.id])
  expect(await ids(`q=badger&max_id=${two.id}`)).toEqual([one.id])
  expect(await ids(`q=badger&account_id=${alice.account.id}`)).toEqual([])
  expect(await ids('q=badger&type=statuses&limit=1&offset=1')).toEqual([one.id])
  expect((await client().get('/api/v2/search?q=badger')).body.statuses).toEqual([])
  expect((await client(alice).get('/api/v2/search?q=before:never')).status).toBe(422)
})

test('SRCH-06 exclude_unreviewed leaves out hashtags that staff has not looked at', async () => {
  const { alice } = await cast('alice')
  await Hashtag.bulkCreate([
    { name: 'bobsleigh', displayName: 'Bobsleigh', reviewedAt: new Date() },
    { name: 'bob', displayName: 'Bob' },
    { name: 'bobhidden', displayName: 'x', isListable: false },
  ])
  const names = async (more: string) =>
    (await client(alice).get(`/api/v2/search?q=bob&type=hashtags${more}`)).body.hashtags.map(
      (each: { name: string }) => each.name,
    )
  expect(await names('')).toEqual(['Bob', 'Bobsleigh'])
  expect(await names('&exclude_unreviewed=true')).toEqual(['Bobsleigh'])
})
