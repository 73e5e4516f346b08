import { Medium } from '#core/media/medium.model'
import { publishScheduled } from '#core/posts/scheduled/publish-scheduled'
import { ScheduledPost } from '#core/posts/scheduled/scheduled-post.model'
import { Post } from '#core/posts/post.model'
import { nowhere } from '#core/remote'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member

beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
})

const MINUTE = 60_000
const inMinutes = (minutes: number) => new Date(now().getTime() + minutes * MINUTE).toISOString()
const send = (body: object, headers: Record<string, string> = {}) =>
  client(alice).post('/api/v1/statuses', body, { headers })
const schedule = async (body: object = {}) => {
  const { status, body: json } = await send({ status: 'later', scheduled_at: inMinutes(60), ...body })
  expect(status).toBe(200)
  expectEntity('ScheduledStatus', json)
  return json
}
const upload = () =>
  Medium.create({
    ownerId: alice.account.id,
    state: 'ready',
    kind: 'image',
    fileKey: 'a.png',
    meta: { original: { width: 4, height: 3 } },
  })

const kith = { actor: { kind: 'kith' }, remote: nowhere } as const

/** As if the time of everything that waits had come. */
async function publishAll(): Promise<Post[]> {
  await rows({}, `UPDATE scheduled_posts SET scheduled_at = now() - interval '1 second'`)
  await publishScheduled(kith)
  await settle()
  return Post.findAll({ where: { authorId: alice.account.id }, order: [['id', 'ASC']] })
}

test('POST-17 a time more than five minutes ahead makes it wait; one that is nearer is refused, one past is now', async () => {
  await schedule({ scheduled_at: inMinutes(6) })
  for (const minutes of [0.05, 4.9])
    expect((await send({ status: 'x', scheduled_at: inMinutes(minutes) })).status).toBe(422)
  const { status, body } = await send({ status: 'x', scheduled_at: inMinutes(-1) })
  expect(status).toBe(200)
  expectEntity('Status::SignedIn', body)
  expect(await Post.count()).toBe(1)
})

test('ID-11 the time may have any offset, and what is no time is refused', async () => {
  const at = new Date(now().getTime() + 90 * MINUTE)
  at.setMilliseconds(0)
  const offset = new Date(at.getTime() + 120 * MINUTE).toISOString().replace('.000Z', '+02:00')
  expect((await schedule({ scheduled_at: offset })).scheduled_at).toBe(at.toISOString())
  for (const time of ['soon', '2026-13-45', '+275000-01-01T00:00:00Z'])
    expect((await send({ status: 'x', scheduled_at: time })).status).toBe(422)
})

test('POST-19 it keeps all it was asked for, and appears at its time with the usual notifications', async () => {
  const [medium, parent, quoted] = [
    await upload(),
    await post(bob, { text: 'parent' }),
    await post(bob, { text: 'quoted', quotePolicy: { automatic: ['public'], manual: [] } }),
  ]
  const asked = {
    status: '@bob later',
    media_ids: [medium.id],
    poll: { options: ['a', 'b'], expires_in: 3600, multiple: true },
    in_reply_to_id: parent.id,
    quoted_status_id: quoted.id,
    quote_approval_policy: 'followers',
    visibility: 'unlisted',
    spoiler_text: 'careful',
    language: 'de',
  }
  const waiting = await schedule(asked)
  expect(waiting.params).toMatchObject({
    text: '@bob later',
    media_ids: [medium.id],
    poll: { options: ['a', 'b'], expires_in: 3600, multiple: true, hide_totals: false },
    in_reply_to_id: parent.id,
    quoted_status_id: quoted.id,
    quote_approval_policy: 'followers',
    visibility: 'unlisted',
    spoiler_text: 'careful',
    language: 'de',
  })
  expect(waiting.media_attachments).toMatchObject([{ id: medium.id }])
  expect((await send({ status: 'x', media_ids: [medium.id] })).status).toBe(422)
  expect(await Post.count({ where: { authorId: alice.account.id } })).toBe(0)
  const [published] = await publishAll()
  const { body } = await client(alice).get(`/api/v1/statuses/${published?.id}`)
  expect(body).toMatchObject({
    visibility: 'unlisted',
    spoiler_text: 'careful',
    language: 'de',
    in_reply_to_id: parent.id,
    media_attachments: [{ id: medium.id }],
    poll: { multiple: true },
    quote: { state: 'accepted', quoted_status: { id: quoted.id } },
    quote_approval: { automatic: ['followers'] },
    application: { name: 'Test app' },
  })
  const { body: told } = await client(bob).get('/api/v1/notifications')
  expect(told.map(({ type }: { type: string }) => type).sort()).toEqual(['mention', 'quote'])
  expect(await ScheduledPost.count()).toBe(0)
})

test('POST-19 it is published once, however many look at it at once', async () => {
  await schedule()
  await rows({}, `UPDATE scheduled_posts SET scheduled_at = now() - interval '1 second'`)
  await Promise.all(Array.from({ length: 4 }, () => publishScheduled(kith)))
  await publishScheduled(kith)
  expect(await Post.count()).toBe(1)
})

test('POST-19 what cannot be published any more holds up nothing, and its author may try again', async () => {
  const parent = await post(bob, { text: 'parent' })
  const stuck = await schedule({ in_reply_to_id: parent.id })
  await schedule({ status: 'fine' })
  await client(bob).delete(`/api/v1/statuses/${parent.id}`)
  expect((await publishAll()).map(({ text }) => text)).toEqual(['fine'])
  const { body } = await client(alice).get('/api/v1/scheduled_statuses')
  expect(body.map(({ id }: { id: string }) => id)).toEqual([stuck.id])
  expect(await publishAll()).toHaveLength(1)
  const path = `/api/v1/scheduled_statuses/${stuck.id}`
  expect((await client(alice).put(path, { scheduled_at: inMinutes(30) })).status).toBe(200)
  expect((await ScheduledPost.findByPk(stuck.id))?.failedAt).toBeNull()
})

test('POST-19 nothing of somebody who is suspended is published', async () => {
  await schedule()
  await alice.account.update({ suspendedAt: now() })
  expect(await publishAll()).toEqual([])
})

test('POST-18 at most 25 wait for one day, and 300 in all', async () => {
  const at = new Date(now().getTime() + 48 * 60 * MINUTE)
  at.setUTCHours(12, 0, 0, 0)
  const fill = (count: number, days: number) =>
    rows(
      {},
      `INSERT INTO scheduled_posts (account_id, draft, scheduled_at)
       SELECT $1, '{}', $2::timestamptz + n % $4::int * interval '1 day' FROM generate_series(1, $3::int) AS n`,
      [alice.account.id, at, count, days],
    )
  await fill(24, 1)
  await schedule({ scheduled_at: at.toISOString() })
  expect((await send({ status: 'x', scheduled_at: at.toISOString() })).status).toBe(422)
  const next = new Date(at.getTime() + 20 * 24 * 60 * MINUTE).toISOString()
  const moved = await schedule({ scheduled_at: next })
  const path = `/api/v1/scheduled_statuses/${moved.id}`
  expect((await client(alice).put(path, { scheduled_at: at.toISOString() })).status).toBe(422)
  await fill(274, 15)
  expect((await send({ status: 'x', scheduled_at: next })).status).toBe(422)
})

test('POST-02 a key gives the same waiting post again, and the post once it is there', async () => {
  const asked = { status: 'later', scheduled_at: inMinutes(60) }
  const headers = { 'Idempotency-Key': 'k1' }
  const [one, two] = [await send(asked, headers), await send(asked, headers)]
  expect(two.body.id).toBe(one.body.id)
  expect(await ScheduledPost.count()).toBe(1)
  const [published] = await publishAll()
  const three = await send(asked, headers)
  expect([three.body.id, three.body.content]).toEqual([published?.id, '<p>later</p>'])
})

test('POST-20 a change moves the time alone, a deletion frees the media', async () => {
  const medium = await upload()
  const waiting = await schedule({ media_ids: [medium.id] })
  const path = `/api/v1/scheduled_statuses/${waiting.id}`
  for (const method of ['put', 'patch'] as const) {
    const at = inMinutes(method === 'put' ? 90 : 120)
    const { status, body } = await client(alice)[method](path, { scheduled_at: at, status: 'other' })
    expect(status).toBe(200)
    expectEntity('ScheduledStatus', body)
    expect([body.scheduled_at, body.params.text]).toEqual([at, 'later'])
  }
  for (const time of [inMinutes(2), inMinutes(-2), 'soon'])
    expect((await client(alice).put(path, { scheduled_at: time })).status).toBe(422)
  for (const method of ['get', 'put', 'delete'] as const)
    expect((await client(bob)[method](path)).status).toBe(404)
  const { status, body } = await client(alice).delete(path)
  expect([status, body]).toEqual([200, {}])
  expect((await client(alice).get(path)).status).toBe(404)
  expect((await send({ status: 'x', media_ids: [medium.id] })).status).toBe(200)
})

test('PAGE-23 what waits is listed, last written first, page by page', async () => {
  const ids = []
  for (let count = 0; count < 3; count += 1) ids.unshift((await schedule()).id)
  const list = async (query: string) => {
    const { body, headers } = await client(alice).get(`/api/v1/scheduled_statuses${query}`)
    expectEntity('Array<ScheduledStatus>', body)
    return { ids: body.map(({ id }: { id: string }) => id), link: headers.get('link') ?? '' }
  }
  expect((await list('')).ids).toEqual(ids)
  const first = await list('?limit=2')
  expect(first.ids).toEqual(ids.slice(0, 2))
  expect(first.link).toContain(`max_id=${ids[1]}`)
  expect((await list(`?max_id=${ids[1]}`)).ids).toEqual(ids.slice(2))
  expect((await list(`?min_id=${ids[2]}`)).ids).toEqual(ids.slice(0, 2))
  expect((await client(bob).get('/api/v1/scheduled_statuses')).body).toEqual([])
})

test('what is wrong with a post is said when it is scheduled', async () => {
  for (const body of [{ status: '' }, { visibility: 'x' }, { in_reply_to_id: '1' }, { media_ids: ['1'] }])
    expect((await send({ status: 'x', scheduled_at: inMinutes(60), ...body })).status).toBeGreaterThan(400)
  expect(await ScheduledPost.count()).toBe(0)
})
