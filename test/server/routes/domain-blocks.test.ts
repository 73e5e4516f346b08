import { Follow } from '#core/relationships/follow.model'
import { receiveFollow } from '#core/relationships/receive-follow'
import { Notification } from '#core/notifications/notification.model'
import { react } from '#core/reactions/react'
import { addToList } from '#core/relationships/add-to-list'
import { createList } from '#core/relationships/create-list'
import { tellStreams } from '#core/stream'
import { as, cast, member, stranger, type Member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client, makeToken } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { statedFacts } from '#test/support/facts'
import { settle } from '#test/support/settle'
import { closeAll, openSocket } from '#test/support/streams'

afterEach(closeAll)

const path = '/api/v1/domain_blocks'
const domain = 'remote.example'
let serial = 0
const away = () => ({ uri: `https://${domain}/posts/${(serial += 1)}` })
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)

test('ACCT-39: a domain is blocked once however often it is said, and unblocked by body or query', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  for (const spelt of [domain, ' REMOTE.example', 'bücher.example'])
    expect((await app.post(path, { domain: spelt })).body).toEqual({})
  expect((await app.get(path)).body).toEqual(['xn--bcher-kva.example', domain])
  expect((await app.delete(`${path}?domain=bücher.example`)).status).toBe(200)
  for (let n = 0; n < 2; n += 1) expect((await app.delete(path, { domain })).body).toEqual({})
  expect((await app.get(path)).body).toEqual([])
  for (const wrong of [undefined, '', 'two words', 'a..b', 'x/y', '.', `${'x'.repeat(300)}.example`])
    expect((await app.post(path, { domain: wrong })).status).toBe(422)
})

test('blocked domains page by link', async () => {
  const { alice } = await cast('alice')
  const app = client(alice, ['follow'])
  for (let n = 0; n < 5; n += 1) await app.post(path, { domain: `d${n}.example` })
  const first = await app.get(`${path}?limit=3`)
  expect(first.body).toEqual(['d4.example', 'd3.example', 'd2.example'])
  const [, next = ''] = /max_id=(\d+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
  expect((await app.get(`${path}?limit=3&max_id=${next}`)).body).toEqual(['d1.example', 'd0.example'])
})

test('ACCT-39: a blocked domain loses its followers here and is followed no more', async () => {
  const { alice } = await cast('alice')
  const [bob, carol, dan] = [
    await stranger('bob'),
    await stranger('carol'),
    await stranger('dan', 'else.example'),
  ]
  const me = alice.account.id
  for (const each of [bob, dan]) {
    await Follow.create({ followerId: me, followedId: each.id, state: 'accepted' })
    await Follow.create({ followerId: each.id, followedId: me, state: 'accepted' })
  }
  await Follow.create({ followerId: me, followedId: carol.id, state: 'pending' })
  const app = client(alice)
  const { body: preview } = await app.get(`${path}/preview?domain=${domain}`)
  expectEntity('DomainBlockPreview', preview)
  expect(preview).toEqual({ following_count: 1, followers_count: 1 })
  await app.post(path, { domain })
  await settle()
  const left = await Follow.findAll()
  expect(left.map(({ followerId, followedId }) => [followerId, followedId].includes(dan.id))).toEqual([
    true,
    true,
  ])
  const { body } = await app.get(`/api/v1/accounts/relationships?id[]=${bob.id}&id[]=${dan.id}`)
  expect(body.map((each: { domain_blocking: boolean }) => each.domain_blocking)).toEqual([true, false])
  const told = (await app.get('/api/v1/notifications?types[]=severed_relationships')).body
  expectEntity('Array<Notification>', told)
  expect(told.map((each: { event: object }) => each.event)).toMatchObject([
    { type: 'user_domain_block', target_name: domain, followers_count: 1, following_count: 1 },
  ])
})

test('ACCT-24 ACCT-39: nobody follows across the block, in either direction', async () => {
  const { alice } = await cast('alice')
  const bob = await stranger('bob')
  await client(alice).post(path, { domain })
  expect((await client(alice).post(`/api/v1/accounts/${bob.id}/follow`)).status).toBe(403)
  const ctx = { ...alice.ctx, actor: { kind: 'stranger', accountId: bob.id } as const }
  const uri = `https://${domain}/follows/1`
  await receiveFollow(ctx, { followerId: bob.id, followedId: alice.account.id, uri })
  expect(await Follow.count()).toBe(0)
  expect(await statedFacts('follow.rejected')).toHaveLength(1)
})

test('ACCT-39 NOTE-05: notifications of the domain go away and none come', async () => {
  const { alice } = await cast('alice')
  const bob = await stranger('bob')
  const own = await post(alice)
  await react({ ...alice.ctx, actor: { kind: 'stranger', accountId: bob.id } }, { postId: own.id })
  await settle()
  expect(await Notification.count()).toBe(1)
  await client(alice).post(path, { domain })
  await settle()
  expect(await Notification.count()).toBe(0)
  await post(bob, { ...away(), mentions: [alice] })
  await post(bob, { ...away(), mentions: [alice], visibility: 'direct' })
  await settle()
  expect((await client(alice).get('/api/v1/conversations')).body).toEqual([])
  expect(await Notification.count()).toBe(0)
})

async function scene(alice: Member) {
  const [bob, dan] = [await stranger('bob'), await stranger('dan', 'else.example')]
  const carol = await member('carol')
  for (const { id } of [bob, dan, carol.account])
    await Follow.create({ followerId: alice.account.id, followedId: id, state: 'accepted' })
  const list = await as(alice, createList, { title: 'all' })
  await as(alice, addToList, { listId: list.id, accountIds: [bob.id, dan.id, carol.account.id] })
  const bees = { hashtags: [{ name: 'bees', display: 'bees' }] }
  const theirs = await post(bob, { ...away(), ...bees })
  const boosted = await boost(carol, theirs)
  const welcome = await post(carol, bees)
  const answer = await post(bob, { ...away(), replyTo: welcome })
  await settle()
  return { bob, carol, list, theirs, boosted, welcome, answer }
}

test('ACCT-21 ACCT-39: posts of the domain and boosts of them leave every timeline at once', async () => {
  const { alice } = await cast('alice')
  const { carol, list, theirs, boosted, welcome, answer } = await scene(alice)
  const app = client(alice)
  const lists = [
    '/api/v1/timelines/home',
    `/api/v1/timelines/list/${list.id}`,
    '/api/v1/timelines/public',
    '/api/v1/timelines/tag/bees',
    `/api/v1/accounts/${carol.account.id}/statuses`,
  ]
  const read = async () =>
    (await Promise.all(lists.map(async (each) => idsOf((await app.get(each)).body)))).flat()
  const descendants = async () =>
    idsOf((await app.get(`/api/v1/statuses/${welcome.id}/context`)).body.descendants)
  const before = await read()
  expect([theirs.id, boosted.id, welcome.id].every((id) => before.includes(id))).toBe(true)
  expect(await descendants()).toEqual([answer.id])
  // Kept pages were asked for twice: they are given from memory unless they notice.
  await read()
  await app.post(path, { domain })
  const after = await read()
  expect([...new Set(after)]).toEqual([welcome.id])
  expect(await descendants()).toEqual([])
  expect((await app.get(`/api/v1/accounts/${carol.account.id}`)).status).toBe(200)
})

test('ACCT-39: nothing of the domain comes through streams', async () => {
  const { alice } = await cast('alice')
  const [bob, dan] = [await stranger('bob'), await stranger('dan', 'else.example')]
  await client(alice).post(path, { domain })
  const opened = await openSocket('', { token: await makeToken(['read'], alice) })
  for (const stream of ['user', 'public']) opened.say({ type: 'subscribe', stream })
  await opened.done()
  await post(bob, away())
  const seen = await post(dan, { uri: 'https://else.example/posts/1' })
  await settle()
  await tellStreams({}, { event: 'filters_changed', accountId: alice.account.id })
  const frame = await opened.frames.next()
  expect({ event: frame.event, id: JSON.parse(frame.payload!).id }).toEqual({ event: 'update', id: seen.id })
  expect((await opened.frames.next()).event).toBe('filters_changed')
})
