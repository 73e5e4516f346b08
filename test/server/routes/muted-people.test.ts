import { listsWith } from '#core/relationships/list.queries'
import { cast, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

type Item = { id: string }

test('ACCT-30 posts of who is muted vanish from every timeline; follow and profile stay, and all comes back', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  await follow(alice, bob)
  const list = (await app.post('/api/v1/lists', { title: 'x' })).body
  await app.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [bob.account.id] })
  const note = await post(bob, { hashtags: [{ name: 'bees', display: 'bees' }] })
  await settle()
  const paths = ['home', 'public', 'tag/bees', `list/${list.id}`]
  const seen = async () =>
    Promise.all(
      paths.map(async (path) =>
        (await app.get(`/api/v1/timelines/${path}`)).body.some(({ id }: Item) => id === note.id),
      ),
    )
  expect(await seen()).toEqual([true, true, true, true])
  const muted = (await app.post(`/api/v1/accounts/${bob.account.id}/mute`)).body
  expect([muted.muting, muted.following]).toEqual([true, true])
  expect(await seen()).toEqual([false, false, false, false])
  expect((await app.get(`/api/v1/accounts/${bob.account.id}`)).status).toBe(200)
  expect((await app.get(`/api/v1/accounts/${bob.account.id}/statuses`)).body).toMatchObject([{ id: note.id }])
  await app.post(`/api/v1/accounts/${bob.account.id}/unmute`)
  expect(await seen()).toEqual([true, true, true, true])
})

test('ACCT-37 the lists of an account are those of the caller that hold it, and no others', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  for (const who of [alice, carol]) await follow(who, bob)
  const app = client(alice)
  const [one] = [(await app.post('/api/v1/lists', { title: 'with' })).body]
  await app.post('/api/v1/lists', { title: 'without' })
  const theirs = (await client(carol).post('/api/v1/lists', { title: 'theirs' })).body
  await app.post(`/api/v1/lists/${one.id}/accounts`, { account_ids: [bob.account.id] })
  await client(carol).post(`/api/v1/lists/${theirs.id}/accounts`, { account_ids: [bob.account.id] })
  const { body } = await app.get(`/api/v1/accounts/${bob.account.id}/lists`)
  expectEntity('Array<List>', body)
  expect(body).toEqual([one])
  expect((await listsWith({}, carol.account.id, bob.account.id)).map(({ id }) => id)).toEqual([theirs.id])
  expect((await app.get('/api/v1/accounts/1/lists')).status).toBe(404)
})

test('STAT-07 counters of posts are never negative, wherever they come from', async () => {
  const remote = await stranger('remote')
  const note = await post(remote, { uri: 'https://remote.example/1' })
  await note.update({ repliesCount: -1, boostsCount: -2, favouritesCount: -3 })
  const { body } = await client().get(`/api/v1/statuses/${note.id}`)
  expectEntity('Status', body)
  expect([body.replies_count, body.reblogs_count, body.favourites_count]).toEqual([0, 0, 0])
})
