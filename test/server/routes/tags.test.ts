import { Hashtag } from '#core/posts/hashtag.model'
import { TagFollow } from '#core/tags/tag-follow.model'
import { deletePost } from '#core/posts/delete-post'
import { cast, member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'

const bees = { name: 'bees', display: 'Bees' }
const DAY = 86_400_000

test('MISC-04 a name that nobody used yet is a hashtag without an id, what is no name is not found', async () => {
  const { alice } = await cast('alice')
  for (const app of [client(), client(alice)]) {
    const { status, body } = await app.get('/api/v1/tags/NeverUsed')
    expect(status).toBe(200)
    expectEntity('Tag', body)
    expect(body).toMatchObject({ id: '', name: 'NeverUsed' })
    expect(
      body.history.every(({ uses, accounts }: Record<string, string>) => uses === '0' && accounts === '0'),
    ).toBe(true)
    for (const wrong of ['123', 'a b', 'a-b', '%23bees', '!', 'x'.repeat(300), '%E2%80%8B', '%F0%9F%90%9D'])
      expect({ wrong, status: (await app.get(`/api/v1/tags/${wrong}`)).status }).toEqual({
        wrong,
        status: 404,
      })
  }
  expect(await Hashtag.count()).toBe(0)
})

test('MISC-05 the history has seven days, newest first, with uses and people as texts; the name in display case', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const remote = await stranger('remote')
  const ago = (days: number) => new Date(Date.now() - days * DAY)
  for (const author of [alice, alice, bob]) await post(author, { hashtags: [bees] })
  await post(remote, { uri: 'https://remote.example/1', hashtags: [bees], publishedAt: ago(2) })
  await post(remote, { uri: 'https://remote.example/2', hashtags: [bees], publishedAt: ago(7) })
  for (const visibility of ['unlisted', 'private', 'direct'] as const)
    await post(bob, { visibility, hashtags: [bees] })
  const { body } = await client().get('/api/v1/tags/BEES')
  expectEntity('Tag', body)
  expect(body.name).toBe('Bees')
  expect(body).not.toHaveProperty('following')
  const today = Math.floor(Date.now() / DAY) * 86_400
  expect(body.history.map(({ day }: { day: string }) => Number(day))).toEqual(
    Array.from({ length: 7 }, (_, back) => today - back * 86_400),
  )
  const counts = body.history.map(({ uses, accounts }: Record<string, string>) => `${uses} by ${accounts}`)
  expect(counts).toEqual(['3 by 2', '0 by 0', '1 by 1', '0 by 0', '0 by 0', '0 by 0', '0 by 0'])
})

test('MISC-06 ACCT-43 following a hashtag is said of it and listed, and twice is once', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  for (const [verb, following] of [
    ['follow', true],
    ['follow', true],
    ['unfollow', false],
    ['unfollow', false],
    ['follow', true],
  ] as const) {
    const { status, body } = await app.post(`/api/v1/tags/Bees/${verb}`)
    expect(status).toBe(200)
    expectEntity('Tag::SignedIn', body)
    expect([body.name, body.following, body.featuring]).toEqual(['Bees', following, false])
    expect((await app.get('/api/v1/tags/bees')).body.following).toBe(following)
  }
  expect(await TagFollow.count()).toBe(1)
  const list = await app.get('/api/v1/followed_tags')
  expectEntity('Array<Tag::SignedIn>', list.body)
  expect(list.body).toMatchObject([{ name: 'Bees', following: true }])
  expect((await client(bob).get('/api/v1/tags/bees')).body.following).toBe(false)
  expect((await app.post('/api/v1/tags/a-b/follow')).status).toBe(404)
  expect((await app.post('/api/v1/tags/a-b/unfollow')).status).toBe(404)
  expect((await app.post('/api/v1/tags/never/unfollow')).body).toMatchObject({ id: '', following: false })
  expect((await client().post('/api/v1/tags/bees/follow')).status).toBe(401)
  expect((await client(alice, ['read']).post('/api/v1/tags/bees/follow')).status).toBe(403)
  expect((await client(alice, ['follow']).post('/api/v1/tags/bees/follow')).status).toBe(200)
})

test('PAGE-14 PAGE-26 followed hashtags page by when they were followed, and cost the same for any number', async () => {
  const alice = await member('alice')
  const app = client(alice)
  for (let at = 0; at < 5; at += 1) await app.post(`/api/v1/tags/tag${at}/follow`)
  const names = (body: { name: string }[]) => body.map(({ name }) => name)
  const first = await app.get('/api/v1/followed_tags?limit=2')
  expect(names(first.body)).toEqual(['tag4', 'tag3'])
  const next = /<[^>]+(max_id=\d+)[^>]*>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1]
  expect(first.headers.get('link')).toContain('since_id=')
  const second = await app.get(`/api/v1/followed_tags?limit=2&${next}`)
  expect(names(second.body)).toEqual(['tag2', 'tag1'])
  const last = await app.get('/api/v1/followed_tags?limit=9')
  expect(last.headers.get('link')).not.toContain('rel="next"')
  const read = (limit: number) => app.get(`/api/v1/followed_tags?limit=${limit}`)
  const one = await countQueries(() => read(1))
  expect(await countQueries(() => read(5))).toBe(one)
})

test('MISC-08 feature and unfeature are said of a hashtag and may be repeated', async () => {
  const alice = await member('alice')
  const app = client(alice)
  for (const [verb, featuring] of [
    ['unfeature', false],
    ['feature', true],
    ['feature', true],
    ['unfeature', false],
    ['unfeature', false],
  ] as const) {
    const { status, body } = await app.post(`/api/v1/tags/bees/${verb}`)
    expect({ verb, status }).toEqual({ verb, status: 200 })
    expectEntity('Tag::SignedIn', body)
    expect([body.following, body.featuring]).toEqual([false, featuring])
  }
  expect((await app.post('/api/v1/tags/a-b/feature')).status).toBe(404)
  expect((await client(alice, ['write:follows']).post('/api/v1/tags/bees/feature')).status).toBe(403)
})

test('MISC-07 ID-08 TRIP-11 featured hashtags: at most ten, the same again is the same, a name is needed', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const path = '/api/v1/featured_tags'
  await post(alice, { hashtags: [bees], publishedAt: new Date('2026-03-04T05:06:07.000Z') })
  const gone = await post(alice, { hashtags: [bees], visibility: 'unlisted' })
  await post(alice, { hashtags: [bees], visibility: 'private' })
  await post(bob, { hashtags: [bees] })
  const made = await app.post(path, { name: '#BEES' })
  expectEntity('FeaturedTag', made.body)
  expect(made.body).toMatchObject({ name: 'BEES', statuses_count: '2' })
  await deletePost(alice.ctx, { postId: gone.id })
  const again = await app.post(path, new URLSearchParams({ name: 'bees' }))
  expect(again.body).toMatchObject({ id: made.body.id, statuses_count: '1', last_status_at: '2026-03-04' })
  for (let at = 0; at < 9; at += 1) expect((await app.post(path, { name: `tag${at}` })).status).toBe(200)
  expect((await app.post(path, { name: 'onemore' })).status).toBe(422)
  expect((await app.post('/api/v1/tags/onemore/feature')).status).toBe(422)
  expect((await app.post(path)).status).toBe(400)
  expect((await app.post(path, { name: '' })).status).toBe(422)
  expect((await app.post(path, { name: 'a b' })).status).toBe(422)
  const list = await app.get(path)
  expectEntity('Array<FeaturedTag>', list.body)
  expect(list.body).toHaveLength(10)
  expect(list.body[0]).toEqual(again.body)
  expect(list.body[1].last_status_at).toBeNull()
  expect((await client(bob).delete(`${path}/${made.body.id}`)).status).toBe(404)
  expect(await app.delete(`${path}/${made.body.id}`)).toMatchObject({ status: 200, body: {} })
  expect((await app.delete(`${path}/${made.body.id}`)).status).toBe(404)
  expect((await app.get(path)).body).toHaveLength(9)
})

test('MISC-07 MISC-15 suggestions are up to ten of the most used that are not featured yet', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice, ['read:accounts', 'write:accounts'])
  const tag = (name: string) => ({ name, display: name })
  for (let at = 0; at < 12; at += 1) await post(alice, { hashtags: [tag(`tag${at}`)] })
  for (let count = 0; count < 3; count += 1) await post(alice, { hashtags: [tag('often'), tag('featured')] })
  await post(bob, { hashtags: [tag('others')] })
  await app.post('/api/v1/featured_tags', { name: 'featured' })
  const { body } = await app.get('/api/v1/featured_tags/suggestions')
  expectEntity('Array<Tag::SignedIn>', body)
  expect(body).toHaveLength(10)
  expect(body[0].name).toBe('often')
  expect(body.map(({ name }: { name: string }) => name)).not.toContain('featured')
})

test('ACCT-35 TRIP-38 featured hashtags of an account are for everybody, none for accounts elsewhere', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  await client(alice).post('/api/v1/featured_tags', { name: 'bees' })
  const { status, body } = await client().get(`/api/v1/accounts/${alice.account.id}/featured_tags`)
  expect(status).toBe(200)
  expectEntity('Array<FeaturedTag>', body)
  expect(body).toMatchObject([{ name: 'bees', statuses_count: '0' }])
  expect((await client().get(`/api/v1/accounts/${remote.id}/featured_tags`)).body).toEqual([])
  expect((await client().get('/api/v1/accounts/1/featured_tags')).status).toBe(404)
  await alice.account.update({ suspendedAt: new Date() })
  expect((await client().get(`/api/v1/accounts/${alice.account.id}/featured_tags`)).body).toEqual([])
})
