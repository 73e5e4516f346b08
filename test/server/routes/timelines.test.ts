import { forgetPages } from '#server/serializers/kept-pages'
import { followAccount } from '#core/relationships/follow-account'
import type { Id } from '#platform/ids'
import { as, cast, type Member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

type App = ReturnType<typeof client>
const idsOf = (body: { id: Id }[]): Id[] => body.map(({ id }) => id)
const tags = { hashtags: [{ name: 'bees', display: 'Bees' }] }

const linkTo = (link: string | null, rel: string): string | undefined => {
  const found = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(link ?? '')?.[1]
  return found && new URL(found).pathname + new URL(found).search
}

async function listOf(app: App, whom: Member): Promise<string> {
  const list = (await app.post('/api/v1/lists', { title: 'Bees' })).body
  await app.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [whom.account.id] })
  return `/api/v1/timelines/list/${list.id}`
}

test('HTTP-18: timelines hold posts as clients read them, for members and for everybody', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, followAccount, { accountId: bob.account.id })
  const first = await post(bob, tags)
  const boosted = await boost(bob, first)
  const app = client(alice)
  const list = await listOf(app, bob)
  for (const [path, ids] of [
    ['/api/v1/timelines/home', [first.id]],
    [list, [first.id]],
    ['/api/v1/timelines/public', [first.id]],
    ['/api/v1/timelines/tag/BEES', [first.id]],
  ] as const) {
    const { status, body } = await app.get(path)
    expect(status).toBe(200)
    expectEntity('Array<Status>', body)
    expect(idsOf(body).filter((id) => id !== boosted.id)).toEqual(ids)
  }
  for (const path of ['public', 'tag/bees']) {
    const { body } = await client().get(`/api/v1/timelines/${path}`)
    expectEntity('Array<Status>', body)
    expect(idsOf(body)).toEqual([first.id])
  }
})

test('home, lists and the removed direct timeline refuse who may not read them', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const list = await listOf(client(alice), alice)
  expect((await client().get('/api/v1/timelines/home')).status).toBe(401)
  expect((await client(alice, ['write']).get('/api/v1/timelines/home')).status).toBe(403)
  expect((await client(bob).get(list)).status).toBe(404)
  expect((await client(alice).get('/api/v1/timelines/direct')).status).toBe(404)
})

test.each(['home', 'public', 'tag/bees', 'list'])(
  'PAGE-06 PAGE-07 PAGE-08 PAGE-09 PAGE-10 PAGE-11 PAGE-13 %s pages to its end and back, each post once, while new ones arrive',
  async (name) => {
    const { alice } = await cast('alice')
    const app = client(alice)
    const all: Id[] = []
    for (let count = 0; count < 7; count += 1) all.unshift((await post(alice, tags)).id)
    const path = name === 'list' ? await listOf(app, alice) : `/api/v1/timelines/${name}`
    const seen: Id[] = []
    let last: string | null = null
    for (let next: string | undefined = `${path}?limit=3&local=true`; next;) {
      const { body, headers } = await app.get(next)
      if (body.length === 0) {
        expect(headers.get('link')).toBeNull()
        break
      }
      last = headers.get('link')
      expect(last).toMatch(/^<http[^>]+local=true[^>]*>; rel="next", <http[^>]+>; rel="prev"$/)
      seen.push(...idsOf(body))
      next = linkTo(last, 'next')
    }
    expect(seen).toEqual(all)
    all.unshift((await post(alice, tags)).id)
    await settle()
    const back: Id[] = []
    for (let prev = linkTo(last, 'prev'); prev;) {
      const { body, headers } = await app.get(prev)
      back.unshift(...idsOf(body))
      prev = linkTo(headers.get('link'), 'prev')
    }
    expect(back).toEqual(all.slice(0, all.length - 1))
  },
)

test('PAGE-17 and PAGE-23: limits are capped at 40, and what cannot be read gives an empty page', async () => {
  const { alice } = await cast('alice')
  await Promise.all(Array.from({ length: 45 }, () => post(alice)))
  const count = async (limit: string) => (await client().get(`/api/v1/timelines/public${limit}`)).body.length
  expect(await Promise.all(['', '?limit=80', '?limit=-5', '?limit=0', '?limit=many'].map(count))).toEqual([
    20, 40, 5, 0, 0,
  ])
})

test.each(['home', 'public', 'tag/bees'])(
  'the number of queries of %s does not depend on how many posts a page has',
  async (name) => {
    const { alice, bob } = await cast('alice', 'bob')
    await as(alice, followAccount, { accountId: bob.account.id })
    for (let count = 0; count < 12; count += 1) await boost(alice, await post(bob, tags))
    const app = client(alice)
    const read = (limit: number) => app.get(`/api/v1/timelines/${name}?limit=${limit}`)
    const first = async (limit: number) => {
      forgetPages()
      return countQueries(() => read(limit))
    }
    await read(40)
    const few = await first(2)
    expect(await first(20)).toBe(few)
    await read(20)
    expect(await countQueries(() => read(20))).toBeLessThan(few)
  },
)

test('MISC-09: markers are kept for each timeline, one version further with each change', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const path = '/api/v1/markers'
  expect((await app.get(path)).body).toEqual({})
  expect((await app.get(`${path}?timeline[]=home&timeline[]=other`)).body).toEqual({})
  const form = new FormData()
  form.append('home[last_read_id]', '123')
  const first = (await app.post(path, form)).body
  expectEntity('Markers', first)
  expect(first).toMatchObject({ home: { last_read_id: '123' } })
  const second = (await app.post(path, { home: { last_read_id: '100' } })).body
  expect(second.home).toMatchObject({ last_read_id: '100', version: first.home.version + 1 })
  await app.post(path, { notifications: { last_read_id: '7' } })
  const both = (await app.get(`${path}?timeline[]=home&timeline[]=notifications`)).body
  expectEntity('Markers', both)
  expect(Object.keys(both).sort()).toEqual(['home', 'notifications'])
})
