import { react } from '#core/reactions/react'
import { boostPost } from '#core/posts/boost-post'
import { followAccount } from '#core/relationships/follow-account'
import { Notification } from '#core/notifications/notification.model'
import { as, cast, member, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

const path = '/api/v1/notifications'
type Shown = { id: string; type: string }
const typesOf = (body: Shown[]) => body.map(({ type }) => type)

async function oneOfEach(alice: Member, bob: Member) {
  const mine = await post(alice)
  await post(bob, { mentions: [alice], replyTo: mine })
  await settle()
  await as(bob, react, { postId: mine.id })
  await settle()
  await as(bob, boostPost, { postId: mine.id })
  await settle()
  await as(bob, followAccount, { accountId: alice.account.id })
  await settle()
  return mine
}

test('NOTE-01, NOTE-02: each kind is shown as clients read it, newest first', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const mine = await oneOfEach(alice, bob)
  const { body } = await client(alice).get(path)
  expectEntity('Array<Notification>', body)
  expect(typesOf(body)).toEqual(['follow', 'reblog', 'favourite', 'mention'])
  expect(body[1]).toMatchObject({ account: { username: 'bob' }, status: { id: mine.id } })
  expect(body[0].status).toBeUndefined()
})

test('NOTE-03 and TRIP-40: types, exclude_types and account_id narrow; unknown types match nothing', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await oneOfEach(alice, bob)
  await as(carol, followAccount, { accountId: alice.account.id })
  await settle()
  const types = async (query: string) => typesOf((await client(alice).get(`${path}?${query}`)).body)
  expect(await types('types[]=mention&types[]=reaction')).toEqual(['mention'])
  expect(await types('types[]=reaction')).toEqual([])
  expect(await types('exclude_types[]=follow&exclude_types[]=odd')).toEqual([
    'reblog',
    'favourite',
    'mention',
  ])
  expect(await types(`account_id=${carol.account.id}`)).toEqual(['follow'])
})

test('NOTE-11: one is dismissed, or all are cleared, and others keep theirs', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await oneOfEach(alice, bob)
  await post(alice, { mentions: [bob] })
  await settle()
  const app = client(alice)
  const [{ id }] = (await app.get(path)).body
  expect((await app.get(`${path}/${id}`)).body.id).toBe(id)
  expect((await client(bob).get(`${path}/${id}`)).status).toBe(404)
  expect((await client(bob).post(`${path}/${id}/dismiss`)).status).toBe(404)
  expect((await app.post(`${path}/${id}/dismiss`)).body).toEqual({})
  expect((await app.post(`${path}/${id}/dismiss`)).status).toBe(404)
  expect((await app.get(path)).body).toHaveLength(3)
  expect((await app.post(`${path}/clear`)).body).toEqual({})
  expect((await app.get(path)).body).toEqual([])
  expect(await Notification.count()).toBe(1)
})

test('NOTE-12: those newer than the marker are unread, up to the limit', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await oneOfEach(alice, bob)
  const app = client(alice)
  const unread = async (query = '') => (await app.get(`${path}/unread_count${query}`)).body
  expect(await unread()).toEqual({ count: 4 })
  expect(await unread('?limit=3')).toEqual({ count: 3 })
  expect(await unread('?types[]=follow')).toEqual({ count: 1 })
  const { body } = await app.get(path)
  await app.post('/api/v1/markers', { notifications: { last_read_id: body[1].id } })
  expect(await unread()).toEqual({ count: 1 })
})

test('PAGE-11: a notification list links on from every page that is not empty', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await oneOfEach(alice, bob)
  const { body, headers } = await client(alice).get(`${path}?limit=10&types[]=follow`)
  const { id } = body[0]
  expect(headers.get('link')).toMatch(
    new RegExp(`max_id=${id}>; rel="next", <[^>]+min_id=${id}>; rel="prev"`),
  )
  expect(headers.get('link')).toContain('types')
})

test('the number of queries of a page does not depend on how many notifications it has', async () => {
  const alice = await member('alice')
  for (const name of ['bob', 'carol', 'dave']) await oneOfEach(alice, await member(name))
  const app = client(alice)
  await app.get(path)
  const few = await countQueries(() => app.get(`${path}?limit=4`))
  expect(await countQueries(() => app.get(`${path}?limit=12`))).toBe(few)
})

test('MISC-12: moderators are told of every report', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const staff = await member('staff', { user: { role: 'moderator' } })
  for (const comment of ['spam', 'more spam']) {
    await client(alice).post('/api/v1/reports', { account_id: bob.account.id, comment })
    await settle()
  }
  const { body } = await client(staff).get(path)
  expectEntity('Array<Notification>', body)
  expect(body).toMatchObject([
    { type: 'admin.report', report: { comment: 'more spam', target_account: { username: 'bob' } } },
    { type: 'admin.report', account: { username: 'alice' } },
  ])
  expect((await client(bob).get(path)).body).toEqual([])
})
