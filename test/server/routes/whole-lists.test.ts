import { limits } from '#config/limits'
import { Filter } from '#core/filters/filter.model'
import { List } from '#core/relationships/list.model'
import { Mute } from '#core/relationships/mute.model'
import { as, cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { featureTag } from '#core/tags/feature-tag'
import { homeFeed } from '#core/timelines/home-feed'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { settle } from '#test/support/settle'

test('PAGE-20 lists, filters, featured hashtags, preferences and markers come whole and without links', async () => {
  const { alice } = await cast('alice')
  const accountId = alice.account.id
  await List.bulkCreate(
    Array.from({ length: limits.list.perUser }, (_, at) => ({ ownerId: accountId, title: `${at}` })),
  )
  await Filter.bulkCreate(
    Array.from({ length: limits.filter.perUser }, () => ({
      accountId,
      title: 'x',
      contexts: ['home' as const],
      action: 'warn' as const,
    })),
  )
  for (let at = 0; at < limits.profile.featuredTags; at += 1)
    await as(alice, featureTag, { name: `tag${at}` })
  const app = client(alice)
  for (const [path, count] of [
    ['/api/v1/lists', limits.list.perUser],
    ['/api/v2/filters', limits.filter.perUser],
    ['/api/v1/featured_tags', limits.profile.featuredTags],
    [`/api/v1/accounts/${accountId}/featured_tags`, limits.profile.featuredTags],
    ['/api/v1/preferences', undefined],
    ['/api/v1/markers?timeline[]=home', undefined],
  ] as const) {
    const { body, headers } = await app.get(`${path}${path.includes('?') ? '&' : '?'}limit=3`)
    expect({ path, count: body.length, link: headers.get('link') }).toEqual({ path, count, link: null })
  }
})

test('PAGE-21 what changes something answers without links, lists too', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const list = await app.post('/api/v1/lists', { title: 'x' })
  const filter = await app.post('/api/v2/filters', { title: 'x', context: ['home'] })
  for (const { status, headers } of [
    list,
    filter,
    await app.put(`/api/v1/lists/${list.body.id}`, { title: 'y' }),
    await app.patch(`/api/v2/filters/${filter.body.id}`, { title: 'y' }),
    await app.delete(`/api/v1/lists/${list.body.id}`),
    await app.post('/api/v1/tags/bees/follow'),
  ]) {
    expect(status).toBe(200)
    expect(headers.get('link')).toBeNull()
  }
})

test('PAGE-12 TRIP-46 TRIP-47 a page that is shortened keeps its links, which lead past its own items to all others', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  for (const { account } of [bob, carol]) await follow(alice, account)
  await homeFeed(alice.ctx, { limit: 1 })
  const kept: string[] = []
  for (let at = 0; at < 12; at += 1) {
    const { id } = await post(at % 3 === 0 ? bob : carol)
    if (at % 3 === 0) kept.unshift(id)
  }
  await settle()
  await Mute.create({ muterId: alice.account.id, mutedId: carol.account.id })
  const app = client(alice)
  const seen: string[] = []
  let link: string | null = null
  for (let path: string | undefined = '/api/v1/timelines/home?limit=4&max_id='; path;) {
    const { body, headers } = await app.get(path)
    const ids = body.map(({ id }: { id: string }) => id)
    for (const id of ids) expect(seen).not.toContain(id)
    seen.push(...ids)
    if (ids.length > 0) link = headers.get('link')
    const next: string | undefined = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    path = next && new URL(next).pathname + new URL(next).search
  }
  expect(seen).toEqual(kept)
  const prev = new URL(/<([^>]+)>; rel="prev"/.exec(link ?? '')?.[1] ?? 'none:')
  const before = (await app.get(prev.pathname + prev.search)).body.map(({ id }: { id: string }) => id)
  expect(before.every((id: string) => kept.indexOf(id) < kept.length - 1)).toBe(true)
})
