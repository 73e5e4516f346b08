import { archetypeOf } from '#core/annual-reports/annual-report.policy'
import { hasPostsIn, yearFigures } from '#core/annual-reports/year.queries'
import { Follow } from '#core/relationships/follow.model'
import { react } from '#core/reactions/react'
import { shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { firstIdOf } from '#platform/ids'
import { as, cast, member, type Member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { runsOf } from '#test/support/plans'
import { settle } from '#test/support/settle'

const path = '/api/v1/annual_reports'
const YEAR = 2025
let serial = 0

afterEach(() => shiftClock(0))

/** The id of something made in that month. */
const idIn = (month: number) =>
  String(BigInt(firstIdOf(new Date(Date.UTC(YEAR, month - 1, 10)))) + BigInt((serial += 1)))

/** What makes a post one of that month. */
const madeIn = (month: number) => ({
  uri: `https://remote.example/posts/${(serial += 1)}`,
  publishedAt: new Date(Date.UTC(YEAR, month - 1, 10, 0, serial)),
})

const state = async (who: Member, year = YEAR) => {
  const { body } = await client(who).get(`${path}/${year}/state`)
  expectEntity('AnnualReportState', body)
  return body.state
}

async function lived() {
  const { alice, bob } = await cast('alice', 'bob')
  const liked = await post(alice, { ...madeIn(3), hashtags: [{ name: 'bees', display: 'Bees' }] })
  const boosted = await post(alice, { ...madeIn(3), hashtags: [{ name: 'bees', display: 'Bees' }] })
  const secret = await post(alice, { ...madeIn(4), visibility: 'private' })
  await post(alice, { ...madeIn(5), replyTo: liked })
  await as(bob, react, { postId: liked.id })
  await boost(bob, boosted)
  await rows({}, 'UPDATE posts SET favourites_count = 9 WHERE id = $1', [secret.id])
  await post(alice)
  await Follow.create({
    id: idIn(7),
    followerId: bob.account.id,
    followedId: alice.account.id,
    state: 'accepted',
  })
  await settle()
  return { alice, bob, liked, boosted }
}

test('MISC-13 INST-10 a year is summed up when its member asks, by a worker, and told of', async () => {
  const { alice, bob, liked, boosted } = await lived()
  const app = client(alice)
  expect([await state(alice), await state(bob), await state(alice, 2019)]).toEqual([
    'eligible',
    'ineligible',
    'ineligible',
  ])
  for (let n = 0; n < 2; n += 1) {
    const asked = await app.post(`${path}/${YEAR}/generate`)
    expect([asked.status, asked.body]).toEqual([202, {}])
    expect(asked.headers.get('mastodon-async-refresh')).toMatch(/^id="[^"]+", retry=\d+/)
  }
  expect(await state(alice)).toBe('generating')
  expect((await app.get(`${path}/${YEAR}`)).status).toBe(404)
  await settle()
  expect(await state(alice)).toBe('available')
  const { body } = await app.get(path)
  expectEntity('WrappedAnnualReports', body)
  expect(body.annual_reports[0]).toMatchObject({
    year: YEAR,
    schema_version: 2,
    account_id: alice.account.id,
  })
  const { data } = body.annual_reports[0]
  expect(data.archetype).toBe('lurker')
  expect(data.time_series).toHaveLength(12)
  expect(data.time_series[2]).toEqual({ month: 3, statuses: 2, followers: 0 })
  expect(data.time_series[6]).toEqual({ month: 7, statuses: 0, followers: 1 })
  expect(data.top_hashtags).toEqual([{ name: 'Bees', count: 2 }])
  expect(data.top_statuses).toEqual({ by_reblogs: boosted.id, by_favourites: liked.id, by_replies: liked.id })
  expect(body.statuses.map(({ id }: { id: string }) => id).sort()).toEqual([liked.id, boosted.id].sort())
  const told = (await app.get('/api/v1/notifications?types[]=annual_report')).body
  expectEntity('Array<Notification>', told)
  expect(told).toMatchObject([{ annual_report: { year: String(YEAR) } }])
  const again = await app.post(`${path}/${YEAR}/generate`)
  expect([again.status, again.body]).toEqual([200, {}])
})

test('MISC-13 a report that was read is not listed any more, and stays where it is', async () => {
  const { alice, bob } = await lived()
  const app = client(alice)
  expect((await app.post(`${path}/${YEAR}/read`)).status).toBe(404)
  await app.post(`${path}/${YEAR}/generate`)
  await settle()
  for (let n = 0; n < 2; n += 1) expect((await app.post(`${path}/${YEAR}/read`)).body).toEqual({})
  const { body } = await app.get(path)
  expectEntity('WrappedAnnualReports', body)
  expect(body.annual_reports).toEqual([])
  expect((await app.get(`${path}/${YEAR}`)).body.annual_reports).toHaveLength(1)
  expect((await client(bob).get(`${path}/${YEAR}`)).status).toBe(404)
  for (const wrong of ['x', '99999', '20255', '-1'])
    expect((await app.get(`${path}/${wrong}`)).status).toBe(404)
})

test('MISC-13 a year that is not nearly over has no report', async () => {
  const alice = await member('alice')
  const today = new Date()
  await post(alice)
  shiftClock(Date.UTC(today.getUTCFullYear(), 10, 20) - today.getTime())
  expect(await state(alice, today.getUTCFullYear())).toBe('ineligible')
  const asked = await client(alice).post(`${path}/${today.getUTCFullYear()}/generate`)
  expect([asked.status, asked.body]).toEqual([200, {}])
  shiftClock(Date.UTC(today.getUTCFullYear(), 11, 2) - today.getTime())
  expect(await state(alice, today.getUTCFullYear())).toBe('eligible')
  expect(await state(alice, today.getUTCFullYear() + 1)).toBe('ineligible')
})

test('who did what most is called by it', () => {
  const none = { months: [], hashtags: [], byBoosts: null, byFavourites: null, byReplies: null }
  const of = (own: number, replies: number, boosts: number, polls: number) =>
    archetypeOf({ ...none, own, replies, boosts, polls })
  expect([
    of(10, 10, 10, 0),
    of(50, 0, 200, 0),
    of(100, 0, 50, 20),
    of(50, 150, 0, 0),
    of(150, 10, 10, 0),
  ]).toEqual(['lurker', 'booster', 'pollster', 'replier', 'oracle'])
})

test('a year is read from the posts of that year alone', async () => {
  const alice = await member('alice')
  await rows(
    {},
    `INSERT INTO posts (id, author_id, thread_id, visibility) SELECT
       (extract(epoch FROM timestamp '2022-01-01' + n * interval '1 hour')::bigint * 1000) << 16, $1, 1, 'public'
     FROM generate_series(1, 30000) AS n`,
    [alice.account.id],
  )
  await rows({}, 'ANALYZE')
  const runs = await runsOf(async () => {
    await hasPostsIn({}, alice.account.id, 2024)
    expect(await yearFigures({}, alice.account.id, 2024)).toMatchObject({ own: 8784 })
  })
  expect(runs).toHaveLength(2)
  expect(runs.filter(({ plan }) => /Seq Scan on posts\b/.test(plan))).toEqual([])
  expect(runs.filter(({ wasted }) => wasted > 9000)).toEqual([])
})
