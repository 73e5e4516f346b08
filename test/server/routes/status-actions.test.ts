import { Post } from '#core/posts/post.model'
import { Block } from '#core/relationships/block.model'
import { User } from '#core/auth/user.model'
import { cast, member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

test.each([
  ['favourite', 'unfavourite', 'favourited', 'favourites_count'],
  ['bookmark', 'unbookmark', 'bookmarked', null],
] as const)(
  'STAT-22 %s and %s answer with flag and counter, as often as they are said',
  async (on, off, flag, counter) => {
    const { alice, bob } = await cast('alice', 'bob')
    const note = await post(alice)
    const app = client(bob)
    const say = async (verb: string) => (await app.post(`/api/v1/statuses/${note.id}/${verb}`)).body
    for (const [verb, expected] of [
      [on, true],
      [on, true],
      [off, false],
      [off, false],
    ] as const) {
      const body = await say(verb)
      expectEntity('Status::SignedIn', body)
      expect([body.id, body[flag]]).toEqual([note.id, expected])
      if (counter) expect(body[counter]).toBe(Number(expected))
    }
  },
)

test('STAT-22 R-021 a hundred favourites at once are one', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice)
  const app = client(bob)
  const all = await Promise.all(
    Array.from({ length: 100 }, () => app.post(`/api/v1/statuses/${note.id}/favourite`)),
  )
  expect(all.every(({ status }) => status === 200)).toBe(true)
  expect((await Post.findByPk(note.id))!.favouritesCount).toBe(1)
})

test('STAT-22 what is marked can be unmarked after a block', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice)
  const app = client(bob)
  for (const verb of ['favourite', 'bookmark', 'reblog'])
    await app.post(`/api/v1/statuses/${note.id}/${verb}`)
  await Block.create({ blockerId: alice.account.id, blockedId: bob.account.id })
  for (const verb of ['unfavourite', 'unbookmark', 'unreblog'])
    expect((await app.post(`/api/v1/statuses/${note.id}/${verb}`)).status).toBe(200)
  expect((await app.post(`/api/v1/statuses/${note.id}/unfavourite`)).status).toBe(404)
  expect(await Post.count()).toBe(1)
})

test('STAT-23 a boost says what its original says, and a second one is the same', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { body: note } = await client(alice).post('/api/v1/statuses', {
    status: 'hi @bob #tag',
    spoiler_text: 'cw',
    poll: { options: ['a', 'b'], expires_in: 600 },
  })
  const app = client(bob)
  const { status, body } = await app.post(`/api/v1/statuses/${note.id}/reblog`)
  expect(status).toBe(200)
  expectEntity('Status::SignedIn', body)
  expect(body).toMatchObject({
    content: note.content,
    spoiler_text: 'cw',
    sensitive: true,
    quote: null,
    poll: null,
    reblogs_count: 0,
    reblogged: true,
    reblog: { id: note.id, reblogged: true, reblogs_count: 1, poll: { voted: false } },
    account: { id: bob.account.id },
  })
  expect(body.id).not.toBe(note.id)
  expect(body).not.toHaveProperty('pinned')
  expect((await app.post(`/api/v1/statuses/${note.id}/reblog`)).body.id).toBe(body.id)
  expect((await app.post(`/api/v1/statuses/${body.id}/reblog`)).body.id).toBe(body.id)
})

test('STAT-24 the visibility of a boost is the one asked for, else the usual one; private posts stay private', async () => {
  const alice = await member('alice', { user: { defaultVisibility: 'unlisted' } })
  const app = client(alice)
  const boosted = async (note: Post, asked = {}) =>
    (await app.post(`/api/v1/statuses/${note.id}/reblog`, asked)).body.visibility
  expect(await boosted(await post(alice))).toBe('unlisted')
  expect(await boosted(await post(alice), { visibility: 'private' })).toBe('private')
  expect(await boosted(await post(alice, { visibility: 'private' }), { visibility: 'public' })).toBe(
    'private',
  )
  await User.update({ defaultVisibility: 'direct' }, { where: { disabledAt: null } })
  expect(await boosted(await post(alice))).toBe('private')
  const odd = await app.post(`/api/v1/statuses/${(await post(alice)).id}/reblog`, { visibility: 'direct' })
  expect(odd.status).toBe(422)
})

test('STAT-24 direct posts are boosted by nobody, private ones by nobody but their author', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const direct = await post(alice, { visibility: 'direct', mentions: [bob] })
  const closed = await post(alice, { visibility: 'private', mentions: [bob] })
  for (const note of [direct, closed])
    expect((await client(bob).post(`/api/v1/statuses/${note.id}/reblog`)).status).toBe(403)
  expect((await client(alice).post(`/api/v1/statuses/${direct.id}/reblog`)).status).toBe(403)
})

test('STAT-25 taking a boost back answers with the original, however often', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice)
  const app = client(bob)
  const { body: first } = await app.post(`/api/v1/statuses/${note.id}/reblog`)
  for (const id of [note.id, note.id]) {
    const { status, body } = await app.post(`/api/v1/statuses/${id}/unreblog`)
    expect([status, body.id, body.reblogged, body.reblogs_count]).toEqual([200, note.id, false, 0])
  }
  const { body: second } = await app.post(`/api/v1/statuses/${note.id}/reblog`)
  expect(second.id).not.toBe(first.id)
  const { body } = await app.post(`/api/v1/statuses/${second.id}/unreblog`)
  expect([body.id, body.reblogged]).toEqual([note.id, false])
})

test('STAT-26 a favourite of a boost counts for the original', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice)
  const { id } = await boost(bob, note)
  const { body } = await client(bob).post(`/api/v1/statuses/${id}/favourite`)
  expect([body.id, body.favourited, body.reblog.favourited, body.reblog.favourites_count]).toEqual([
    id,
    true,
    true,
    1,
  ])
  expect((await client(bob).post(`/api/v1/statuses/${id}/unfavourite`)).body.reblog.favourites_count).toBe(0)
})

test('STAT-27 five own posts can be pinned, no boosts, no direct ones, nobody else’s', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const notes = await Promise.all(Array.from({ length: 6 }, () => post(alice)))
  const pin = (id: string) => app.post(`/api/v1/statuses/${id}/pin`)
  for (const { id } of notes.slice(0, 5)) {
    const { status, body } = await pin(id)
    expect([status, body.pinned]).toEqual([200, true])
  }
  expect((await pin(notes[0]!.id)).status).toBe(200)
  expect((await pin(notes[5]!.id)).status).toBe(422)
  for (const bad of [
    await post(bob),
    await boost(alice, await post(bob)),
    await post(alice, { visibility: 'direct' }),
  ])
    expect((await pin(bad.id)).status).toBe(422)
  const { body } = await app.post(`/api/v1/statuses/${notes[0]!.id}/unpin`)
  expect(body.pinned).toBe(false)
  expect((await app.post(`/api/v1/statuses/${notes[0]!.id}/unpin`)).status).toBe(200)
  expect((await pin(notes[5]!.id)).status).toBe(200)
})

test('STAT-27 ten pins at once leave five', async () => {
  const alice = await member('alice')
  const app = client(alice)
  const notes = await Promise.all(Array.from({ length: 10 }, () => post(alice)))
  const all = await Promise.all(notes.map(({ id }) => app.post(`/api/v1/statuses/${id}/pin`)))
  expect(all.filter(({ status }) => status === 200)).toHaveLength(5)
})

test('STAT-29 lists of people leave out who blocks or is blocked, and page by when it was done', async () => {
  const { alice, bob, carol, dan, eve } = await cast('alice', 'bob', 'carol', 'dan', 'eve')
  const note = await post(alice)
  for (const who of [bob, carol, dan, eve]) {
    await client(who).post(`/api/v1/statuses/${note.id}/favourite`)
    await client(who).post(`/api/v1/statuses/${note.id}/reblog`)
  }
  await Block.create({ blockerId: alice.account.id, blockedId: bob.account.id })
  await Block.create({ blockerId: eve.account.id, blockedId: alice.account.id })
  for (const list of ['favourited_by', 'reblogged_by']) {
    const names = async (viewer = client(alice), query = '') => {
      const { body, headers } = await viewer.get(`/api/v1/statuses/${note.id}/${list}${query}`)
      expectEntity('Array<Account>', body)
      return [body.map(({ username }: { username: string }) => username), headers.get('link')]
    }
    expect((await names())[0]).toEqual(['dan', 'carol'])
    expect((await names(client()))[0]).toEqual(['eve', 'dan', 'carol', 'bob'])
    const [page, link] = await names(client(), '?limit=2')
    expect(page).toEqual(['eve', 'dan'])
    const next = /<([^>]+)>; rel="next"/.exec(String(link))![1]!
    expect(link).toContain('since_id=')
    const second = await names(client(), new URL(next).search)
    expect(second[0]).toEqual(['carol', 'bob'])
  }
})
