import { Account } from '#core/accounts/account.model'
import { changeSettings } from '#core/instances/change-settings'
import { Preview } from '#core/previews/preview.model'
import { react } from '#core/reactions/react'
import { blockAccount } from '#core/relationships/block-account'
import { refreshTrends } from '#core/trends/refresh-trends'
import { reviewTrend, type TrendKind } from '#core/trends/review-trend'
import { User } from '#core/auth/user.model'
import { Hashtag } from '#core/posts/hashtag.model'
import { shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { as, member, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'

const HOUR = 3_600_000
const operator = { actor: { kind: 'operator' } as const, remote: {} as never }
const crowd = (count: number, prefix = 'p'): Promise<Member[]> =>
  Promise.all(
    Array.from({ length: count }, (_, at) => member(`${prefix}${at}`, { account: { isDiscoverable: true } })),
  )
const ago = (hours: number): Date => new Date(Date.now() - hours * HOUR)
const tagged = (who: Member, name: string, hours = 0, more: object = {}) =>
  post(who, { hashtags: [{ name, display: name }], publishedAt: ago(hours), ...more })
const refresh = () => refreshTrends(operator)
const names = async (path = '/api/v1/trends/tags', who?: Member): Promise<string[]> => {
  const { status, body } = await client(who).get(path)
  expect(status).toBe(200)
  expectEntity('Array<Tag>', body)
  return body.map((each: { name: string }) => each.name)
}
const ids = async (path: string, who?: Member): Promise<Id[]> => {
  const { status, body } = await client(who).get(path)
  expect(status).toBe(200)
  expectEntity('Array<Status>', body)
  return body.map((each: { id: Id }) => each.id)
}

async function page(url: string, people: readonly Member[], more: object = {}): Promise<Id[]> {
  const preview = await Preview.create({ url, state: 'ready', title: url })
  const made: Id[] = []
  for (const who of people) {
    const { id } = await post(who, more)
    await rows({}, 'INSERT INTO post_previews (post_id, preview_id) VALUES ($1, $2)', [id, preview.id])
    made.push(id)
  }
  return made
}

afterEach(() => shiftClock(0))

test('MISC-11 hashtags trend that several people use now and did not before, in order of rank', async () => {
  const people = await crowd(6)
  for (const who of people.slice(0, 5)) await tagged(who, 'eclipse')
  for (const who of people.slice(0, 3)) await tagged(who, 'badgers')
  for (const who of people.slice(0, 2)) for (const _ of [1, 2, 3]) await tagged(who, 'quarrel')
  for (const who of people) for (const day of [0, 1, 2, 3, 4, 5]) await tagged(who, 'monday', day * 24 + 1)
  for (const who of people) await tagged(who, 'yesterday', 20)
  for (const who of people) await tagged(who, 'lastweek', 80)
  await refresh()
  const found = await names()
  expect(found.slice(0, 2)).toEqual(['eclipse', 'badgers'])
  expect(found).not.toContain('quarrel')
  expect(found).not.toContain('lastweek')
  expect(found.indexOf('eclipse')).toBeLessThan(found.indexOf('monday'))
  expect(found.indexOf('eclipse')).toBeLessThan(found.indexOf('yesterday'))
  expect(await names('/api/v1/trends')).toEqual(found)
})

test('MISC-11 PAGE-18 PAGE-22 trends page by offset, with links; the old address says that it is old', async () => {
  const people = await crowd(3)
  for (let at = 0; at < 3; at += 1) for (const who of people) await tagged(who, `tag${at}`)
  await refresh()
  const all = await names()
  expect(all).toHaveLength(3)
  const first = await client().get('/api/v1/trends/tags?limit=2')
  expect(first.body.map((each: { name: string }) => each.name)).toEqual(all.slice(0, 2))
  expect(first.headers.get('link')).toMatch(/^<http[^>]+limit=2&offset=2>; rel="next"$/)
  const second = await client().get('/api/v1/trends/tags?limit=2&offset=2')
  expect(second.body.map((each: { name: string }) => each.name)).toEqual(all.slice(2))
  expect(second.headers.get('link')).toMatch(/offset=0>; rel="prev"$/)
  expect(second.headers.get('link')).not.toContain('next')
  expect((await client().get('/api/v1/trends')).headers.get('deprecation')).toBe('@1648598400')
  expect((await client().get('/api/v1/trends/tags?limit=x&offset=-3')).status).toBe(200)
})

test('MISC-11 what is not public, and people who are limited, make no trend', async () => {
  const people = await crowd(3)
  for (const who of people) await tagged(who, 'secret', 0, { visibility: 'unlisted' })
  for (const who of people) await tagged(who, 'bad')
  await Account.update({ silencedAt: new Date() }, { where: { id: people[0]!.account.id } })
  await refresh()
  expect(await names()).toEqual([])
})

test('MISC-11 posts trend that many like and share, one of each author, without warnings, answers and shy people', async () => {
  const [alice, bob, carol, shy] = await Promise.all([
    ...['alice', 'bob', 'carol'].map((name) => member(name, { account: { isDiscoverable: true } })),
    member('shy'),
  ])
  const people = await crowd(6, 'fan')
  const like = async (of: Promise<{ id: Id }>, count: number): Promise<Id> => {
    const { id } = await of
    for (const fan of people.slice(0, count)) await as(fan, react, { postId: id })
    return id
  }
  const best = await like(post(alice!, { text: 'best' }), 5)
  await like(post(alice!, { text: 'second best' }), 4)
  const good = await like(post(bob!, { text: 'good' }), 3)
  await like(post(bob!, { text: 'hidden', spoilerText: 'oh', isSensitive: true }), 6)
  await like(post(carol!, { text: 'an answer', replyTo: { id: best } }), 6)
  await like(post(carol!, { text: 'long ago', publishedAt: ago(60) }), 6)
  await like(post(carol!, { text: 'few' }), 2)
  await like(post(shy!, { text: 'shy' }), 6)
  await refresh()
  expect(await ids('/api/v1/trends/statuses')).toEqual([best, good])
  expect(await ids('/api/v1/trends/statuses?limit=1&offset=1')).toEqual([good])
  await as(people[0]!, blockAccount, { accountId: alice!.account.id })
  expect(await ids('/api/v1/trends/statuses', people[0])).toEqual([good])
  await User.update({ chosenLanguages: ['de'] }, { where: { id: people[1]!.user.id } })
  expect(await ids('/api/v1/trends/statuses', people[1])).toEqual([])
})

test('MISC-11 TL-13 links trend with their cards and history, and have a timeline of those who want to be found', async () => {
  const people = await crowd(4)
  const shy = await member('shy')
  const posts = await page('https://news.example/1', people)
  await page('https://news.example/2', people.slice(0, 2))
  const [shyPost] = await page('https://news.example/3', [shy])
  await rows(
    {},
    `UPDATE post_previews SET preview_id = (SELECT id FROM previews WHERE url LIKE '%/1') WHERE post_id = $1`,
    [shyPost],
  )
  await refresh()
  const { body } = await client().get('/api/v1/trends/links')
  expectEntity('Array<Trends::Link>', body)
  expect(body.map((each: { url: string }) => each.url)).toEqual(['https://news.example/1'])
  expect(body[0].history).toHaveLength(7)
  expect(body[0].history[0]).toMatchObject({ uses: '5', accounts: '5' })
  const timeline = '/api/v1/timelines/link?url=https%3A%2F%2Fnews.example%2F1'
  expect(await ids(timeline)).toEqual(posts.toReversed())
  expect(await ids(`${timeline}&limit=2`)).toEqual(posts.toReversed().slice(0, 2))
  expect(await ids(`${timeline}&max_id=${posts[1]}`)).toEqual([posts[0]])
  const { headers } = await client().get(`${timeline}&limit=2`)
  expect(headers.get('link')).toContain('max_id=')
  expect((await client().get('/api/v1/timelines/link?url=https%3A%2F%2Fnews.example%2F2')).status).toBe(404)
  expect((await client().get('/api/v1/timelines/link?url=%00')).status).toBe(404)
  expect((await client().get('/api/v1/timelines/link')).status).toBe(422)
})

test('TL-10 TL-11 the timeline of a link leaves out who is not welcome, other languages and what is not public', async () => {
  const people = await crowd(4)
  const reader = await member('reader')
  const posts = await page('https://news.example/1', people)
  await rows({}, `UPDATE posts SET visibility = 'unlisted' WHERE id = $1`, [posts[0]])
  await rows({}, `UPDATE posts SET language = 'de' WHERE id = $1`, [posts[1]])
  await refresh()
  const timeline = '/api/v1/timelines/link?url=https%3A%2F%2Fnews.example%2F1'
  expect(await ids(timeline, reader)).toEqual([posts[3], posts[2], posts[1]])
  await User.update({ chosenLanguages: ['en'] }, { where: { id: reader.user.id } })
  await as(reader, blockAccount, { accountId: people[3]!.account.id })
  expect(await ids(timeline, reader)).toEqual([posts[2]])
})

test('MISC-11 staff may refuse a trend, or have all looked at first; no trends at all is an empty list', async () => {
  const people = await crowd(4)
  for (const who of people) await tagged(who, 'eclipse')
  await page('https://news.example/1', people)
  const { id } = await post(people[0]!, { text: 'good' })
  for (const fan of people.slice(1)) await as(fan, react, { postId: id })
  await refresh()
  const counts = async () => {
    const of = async (kind: TrendKind) => (await client().get(`/api/v1/trends/${kind}`)).body.length
    return [await of('tags'), await of('statuses'), await of('links')]
  }
  const [tag, link] = [
    await Hashtag.findOne({ rejectOnEmpty: true }),
    await Preview.findOne({ rejectOnEmpty: true }),
  ]
  const review = async (isTrendable: boolean) => {
    await reviewTrend(operator, { kind: 'tags', id: tag.id, isTrendable })
    await reviewTrend(operator, { kind: 'links', id: link.id, isTrendable })
    await reviewTrend(operator, { kind: 'statuses', id, isTrendable })
  }
  expect(await counts()).toEqual([1, 1, 1])
  await changeSettings(operator, { trends: 'reviewed' })
  expect(await counts()).toEqual([0, 0, 0])
  await review(true)
  expect(await counts()).toEqual([1, 1, 1])
  await review(false)
  await changeSettings(operator, { trends: 'open' })
  expect(await counts()).toEqual([0, 0, 0])
  await review(true)
  await changeSettings(operator, { trends: 'off' })
  expect(await counts()).toEqual([0, 0, 0])
  await expect(reviewTrend(people[0]!.ctx, { kind: 'tags', id: tag.id, isTrendable: true })).rejects.toThrow()
  await expect(reviewTrend(operator, { kind: 'tags', id: '1', isTrendable: true })).rejects.toThrow()
})

test('what does not trend any more is gone, and a repeat changes nothing', async () => {
  const people = await crowd(3)
  for (const who of people) await tagged(who, 'eclipse')
  await refresh()
  await refresh()
  expect(await names()).toEqual(['eclipse'])
  shiftClock(30 * HOUR)
  await refresh()
  expect(await names()).toEqual([])
})

test('trends cost the same number of queries whatever their length', async () => {
  const people = await crowd(3)
  const fill = async (from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      for (const who of people) await tagged(who, `tag${at}`)
      await page(`https://news.example/${at}`, people)
    }
    await refresh()
  }
  const cost = async () => {
    const of = async (path: string) => {
      await client().get(path)
      return countQueries(() => client().get(path))
    }
    return [await of('/api/v1/trends/tags'), await of('/api/v1/trends/links')]
  }
  await fill(0, 2)
  const few = await cost()
  await fill(2, 9)
  expect(await cost()).toEqual(few)
})
