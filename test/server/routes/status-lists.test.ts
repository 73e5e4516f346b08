import { Block } from '#core/relationships/block.model'
import { Mute } from '#core/relationships/mute.model'
import type { Post } from '#core/posts/post.model'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { boost, post } from '#test/factories/post'
import { client, type Reply } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const idsOf = ({ body }: Reply): string[] => {
  expectEntity('Array<Status>', body)
  return body.map(({ id }: Post) => id)
}
const linkOf = ({ headers }: Reply, rel: string): string | undefined => {
  const [, url] = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get('link') ?? '') ?? []
  return url && new URL(url).pathname + new URL(url).search
}
const statusesOf = ({ account }: Member, query = '') => `/api/v1/accounts/${account.id}/statuses${query}`

test('PAGE-01 to PAGE-05 cursors of account statuses', async () => {
  const alice = await member('alice')
  const notes: Post[] = []
  for (let at = 0; at < 6; at += 1) notes.push(await post(alice))
  const [a, b, c, d, e, f] = notes.map(({ id }) => id)
  const list = async (query: string) => idsOf(await client().get(statusesOf(alice, query)))
  expect(await list('')).toEqual([f, e, d, c, b, a])
  expect(await list('?limit=2')).toEqual([f, e])
  expect(await list(`?max_id=${e}&limit=2`)).toEqual([d, c])
  expect(await list(`?since_id=${b}&limit=2`)).toEqual([f, e])
  expect(await list(`?min_id=${b}&limit=2`)).toEqual([d, c])
  expect(await list(`?min_id=${b}&max_id=${e}&limit=5`)).toEqual([d, c])
  expect(await list(`?min_id=${b}&since_id=${e}&limit=2`)).toEqual([d, c])
  expect(await list('?limit=0')).toEqual([])
  expect(await list('?limit=-2')).toEqual([f, e])
  expect(await list('?limit=x')).toEqual([])
  expect(await list('?max_id=')).toHaveLength(6)
})

test('PAGE-06 to PAGE-13 next leads through every post once and prev back again', async () => {
  const alice = await member('alice')
  const all: string[] = []
  for (let at = 0; at < 7; at += 1) all.unshift((await post(alice)).id)
  const seen: string[] = []
  let last: Reply | undefined
  for (let path: string | undefined = statusesOf(alice, '?limit=3&exclude_replies=true'); path;) {
    const reply: Reply = await client().get(path)
    seen.push(...idsOf(reply))
    if (reply.body.length > 0) last = reply
    path = linkOf(reply, 'next')
    if (path) expect(path).toContain('exclude_replies=true')
  }
  expect(seen).toEqual(all)
  const back = idsOf(await client().get(linkOf(last!, 'prev')!))
  expect(back).toEqual(all.slice(3, 6))
  const empty = await client().get(statusesOf(alice, '?max_id=1'))
  expect([empty.body, empty.headers.get('link')]).toEqual([[], null])
})

test('ACCT-18 who sees which posts of an account', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const open = await post(alice)
  const unlisted = await post(alice, { visibility: 'unlisted' })
  const closed = await post(alice, { visibility: 'private' })
  const direct = await post(alice, { visibility: 'direct', mentions: [carol] })
  await follow(bob, alice)
  const seenBy = async (viewer?: Member, query = '') =>
    idsOf(await client(viewer).get(statusesOf(alice, query)))
  expect(await seenBy()).toEqual([unlisted.id, open.id])
  expect(await seenBy(bob)).toEqual([closed.id, unlisted.id, open.id])
  expect(await seenBy(carol)).toEqual([direct.id, unlisted.id, open.id])
  expect(await seenBy(carol, '?exclude_direct=true')).toEqual([unlisted.id, open.id])
  expect(await seenBy(alice)).toEqual([direct.id, closed.id, unlisted.id, open.id])
})

test('ACCT-19 an account that blocks the caller shows nothing', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await post(alice)
  await Block.create({ blockerId: alice.account.id, blockedId: bob.account.id })
  expect(idsOf(await client(bob).get(statusesOf(alice)))).toEqual([])
})

test('ACCT-20 account statuses can be narrowed in several ways at once', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const tag = { name: 'große', display: 'Größe' }
  const picture = { url: 'https://remote.example/a.png', mimeType: 'image/png', kind: 'image' } as const
  const plain = await post(alice)
  const own = await post(alice, { replyTo: plain, hashtags: [tag] })
  const other = await post(alice, { replyTo: await post(bob) })
  const orphan = await post(alice, { replyToUri: 'https://remote.example/unknown' })
  const pictured = await post(alice, { attachments: [picture], hashtags: [tag] })
  const boosted = await boost(alice, await post(bob, { attachments: [picture], hashtags: [tag] }))
  const list = async (query: string) => idsOf(await client().get(statusesOf(alice, query)))
  expect(await list('?exclude_replies=true')).toEqual([boosted.id, pictured.id, own.id, plain.id])
  expect(await list('?exclude_reblogs=1')).toEqual([pictured.id, orphan.id, other.id, own.id, plain.id])
  expect(await list('?only_media=true')).toEqual([pictured.id])
  expect(await list('?tagged=GRÖßE')).toEqual([pictured.id, own.id])
  expect(await list('?tagged=none')).toEqual([])
  expect(await list('?tagged=%23%23')).toEqual([])
  expect(await list('?tagged=größe&only_media=true&exclude_replies=true')).toEqual([pictured.id])
  for (const { id } of [plain, pictured]) await client(alice).post(`/api/v1/statuses/${id}/pin`)
  const pins = await client().get(statusesOf(alice, '?pinned=true'))
  expect(idsOf(pins)).toEqual([pictured.id, plain.id])
  expect(pins.headers.get('link')).toBe(null)
  await client(alice).post(`/api/v1/statuses/${plain.id}/unpin`)
  await client(alice).post(`/api/v1/statuses/${plain.id}/pin`)
  expect(await list('?pinned=true')).toEqual([plain.id, pictured.id])
})

test('ACCT-21 boosts of people whom the caller blocks or mutes are left out', async () => {
  const { alice, bob, carol, dan } = await cast('alice', 'bob', 'carol', 'dan')
  const [fromBob, fromCarol, fromDan] = [
    await boost(alice, await post(bob)),
    await boost(alice, await post(carol)),
    await boost(alice, await post(dan)),
  ]
  await Block.create({ blockerId: dan.account.id, blockedId: bob.account.id })
  await Mute.create({ muterId: dan.account.id, mutedId: carol.account.id })
  expect(idsOf(await client(dan).get(statusesOf(alice)))).toEqual([fromDan.id])
  expect(idsOf(await client().get(statusesOf(alice)))).toEqual([fromDan.id, fromCarol.id, fromBob.id])
})

test('ERR-09 the posts of an account that is not there are not found', async () => {
  expect((await client().get('/api/v1/accounts/1/statuses')).status).toBe(404)
})

test.each([
  ['bookmarks', 'bookmark'],
  ['favourites', 'favourite'],
])('PAGE-14 and PAGE-15 %s are in the order in which they were made', async (list, verb) => {
  const { alice, bob } = await cast('alice', 'bob')
  const notes = [await post(bob), await post(bob), await post(bob), await post(bob)]
  const app = client(alice)
  const order = [notes[2]!, notes[0]!, notes[3]!, notes[1]!]
  for (const { id } of order) await app.post(`/api/v1/statuses/${id}/${verb}`)
  const newest = order.map(({ id }) => id).reverse()
  const first = await app.get(`/api/v1/${list}?limit=2`)
  expect(idsOf(first)).toEqual(newest.slice(0, 2))
  expect(first.headers.get('link')).toContain('since_id=')
  const second = await app.get(linkOf(first, 'next')!)
  expect(idsOf(second)).toEqual(newest.slice(2))
  expect(idsOf(await app.get(linkOf(second, 'prev')!))).toEqual(newest.slice(0, 2))
  expect(idsOf(await app.get(linkOf(second, 'next')!))).toEqual([])
  await Block.create({ blockerId: bob.account.id, blockedId: alice.account.id })
  expect(idsOf(await app.get(`/api/v1/${list}`))).toEqual([])
  expect((await client().get(`/api/v1/${list}`)).status).toBe(401)
})

test('STAT-08 a thread is given from its root, replies depth first, own ones before others', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const root = await post(alice)
  const middle = await post(bob, { replyTo: root })
  const note = await post(alice, { replyTo: middle })
  const byBob = await post(bob, { replyTo: note })
  const underBob = await post(alice, { replyTo: byBob })
  const own = await post(alice, { replyTo: note })
  const underOwn = await post(bob, { replyTo: own })
  await boost(bob, note)
  const { body } = await client().get(`/api/v1/statuses/${note.id}/context`)
  expectEntity('Context', body)
  expect(body.ancestors.map(({ id }: Post) => id)).toEqual([root.id, middle.id])
  expect(body.descendants.map(({ id }: Post) => id)).toEqual([own.id, underOwn.id, byBob.id, underBob.id])
})

test('STAT-08 visitors get 40 posts above and 60 below, at most 20 deep', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  let note = await post(alice)
  const above = [note.id]
  for (let at = 0; at < 45; at += 1) above.push((note = await post(alice, { replyTo: note })).id)
  above.pop()
  const asked = note
  for (let at = 0; at < 25; at += 1) note = await post(bob, { replyTo: note })
  const context = async (viewer?: Member) =>
    (await client(viewer).get(`/api/v1/statuses/${asked.id}/context`)).body
  const visitor = await context()
  expect(visitor.ancestors.map(({ id }: Post) => id)).toEqual(above.slice(-40))
  expect(visitor.descendants).toHaveLength(20)
  const told = await context(bob)
  expect([told.ancestors.length, told.descendants.length]).toEqual([45, 25])
  for (let at = 0; at < 65; at += 1) await post(bob, { replyTo: asked })
  expect((await context()).descendants).toHaveLength(60)
  expect((await context(alice)).descendants).toHaveLength(90)
})

test('STAT-09 who is blocked, blocking or muted, and what may not be seen, is left out of a thread', async () => {
  const { alice, bob, carol, dan, eve } = await cast('alice', 'bob', 'carol', 'dan', 'eve')
  const root = await post(bob)
  const note = await post(alice, { replyTo: root })
  await post(carol, { replyTo: note })
  await post(dan, { replyTo: note, visibility: 'direct' })
  const behind = await post(alice, { replyTo: await post(carol, { replyTo: note }) })
  const kept = await post(eve, { replyTo: note })
  await Block.create({ blockerId: bob.account.id, blockedId: eve.account.id })
  await Mute.create({ muterId: eve.account.id, mutedId: carol.account.id })
  const { body } = await client(eve).get(`/api/v1/statuses/${note.id}/context`)
  expect(body.ancestors).toEqual([])
  expect(body.descendants.map(({ id }: Post) => id)).toEqual([behind.id, kept.id])
})

test('TRIP-03 counters of posts of other servers are never negative', async () => {
  const rea = await stranger('rea')
  const note = await post(rea, { uri: 'https://remote.example/posts/1' })
  await note.update({ favouritesCount: -2, boostsCount: -1, repliesCount: -1 })
  const { body } = await client().get(`/api/v1/statuses/${note.id}`)
  expect([body.favourites_count, body.reblogs_count, body.replies_count]).toEqual([0, 0, 0])
})
