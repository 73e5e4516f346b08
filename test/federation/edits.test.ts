import { closePolls } from '#core/posts/polls/close-polls'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { nowhere } from '#core/remote'
import type { Json } from '#federation/properties'
import { shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let far: StubFediverse
let ann: RemoteActor
beforeAll(async () => (far = await startFediverse()))
afterAll(closeListeners)
afterEach(() => shiftClock(0))
beforeEach(async () => {
  far.clear()
  ;[{ alice }, ann] = await Promise.all([cast('alice'), far.actor('ann')])
  await follow(alice, ann)
})

const published = '2026-11-01T10:00:00Z'
const note = (more: Json = {}) => noteOf(ann, 'one', { published, ...more })
const update = (more: Json = {}) => tell(ann, activityOf(ann, 'Update', note(more)))
const stored = () => Post.findOne({ rejectOnEmpty: true })

describe('R-024: of two edits with one time, or none, what their origin says stands', () => {
  beforeEach(() => tell(ann, activityOf(ann, 'Create', note())))

  test.each([['2026-11-01T11:00:00Z'], [undefined]])('edited at %s', async (updated) => {
    far.serve('/users/ann/notes/one', note({ updated, content: '<p>last</p>' }))
    await update({ updated, content: '<p>first</p>' })
    await update({ updated, content: '<p>last</p>' })
    await update({ updated, content: '<p>first</p>' })
    expect((await stored()).html).toBe('<p>last</p>')
    const times = (await rows<{ at: Date }>({}, 'SELECT created_at AS at FROM post_edits ORDER BY id')).map(
      ({ at }) => at.getTime(),
    )
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('what says nothing new costs no fetch', async () => {
    await update({})
    await update({ updated: published })
    expect(far.requests).toEqual([])
  })
})

describe('R-024: of two counts of a poll with one time, or none, the lower does not stand', () => {
  const asked = (counts: number[]) =>
    note({
      type: 'Question',
      endTime: '2100-01-01T00:00:00Z',
      anyOf: counts.map((totalItems, at) => ({
        type: 'Note',
        name: `option ${at}`,
        replies: { type: 'Collection', totalItems },
      })),
    })
  const count = (counts: number[]) => tell(ann, activityOf(ann, 'Update', asked(counts)))
  const tallies = async () => (await Poll.findOne({ rejectOnEmpty: true })).tallies
  beforeEach(() => tell(ann, activityOf(ann, 'Create', asked([0, 0, 0]))))

  test('when it was overtaken on its way', async () => {
    await count([1, 0, 1])
    expect(far.requests).toEqual([])
    far.serve('/users/ann/notes/one', asked([1, 0, 1]))
    await count([1, 0, 0])
    expect(await tallies()).toEqual([1, 0, 1])
    expect(far.requests).toHaveLength(1)
  })

  test('but its origin may take votes back, and when that does not answer the newer word counts', async () => {
    await count([2, 0, 2])
    far.serve('/users/ann/notes/one', asked([2, 0, 1]))
    await count([2, 0, 1])
    expect(await tallies()).toEqual([2, 0, 1])
    far.serve('/users/ann/notes/one', undefined)
    await count([1, 0, 1])
    expect(await tallies()).toEqual([1, 0, 1])
  })
})

test('POLL-05: a poll elsewhere that its author closes tells those who voted in it, once', async () => {
  const end = new Date(Date.now() + 60_000).toISOString()
  const options = ['tea', 'coffee'].map((name) => ({ type: 'Note', name }))
  const asked = (more: Json = {}) => note({ type: 'Question', endTime: end, oneOf: options, ...more })
  const ends = async () => {
    const { body } = await client(alice).get('/api/v1/notifications?types[]=poll')
    return (body as { status: { poll: { expired: boolean } } }[]).map(({ status }) => status.poll.expired)
  }
  await tell(ann, activityOf(ann, 'Create', asked()))
  const { id } = await Poll.findOne({ rejectOnEmpty: true })
  await client(alice).post(`/api/v1/polls/${id}/votes`, { choices: [1] })
  expect(await ends()).toEqual([])
  const closed = new Date(Date.now() - 1000).toISOString()
  await tell(ann, activityOf(ann, 'Update', asked({ closed })))
  expect(await ends()).toEqual([true])
  await tell(ann, activityOf(ann, 'Update', asked({ closed, votersCount: 3 })))
  shiftClock(61_000)
  await closePolls({ actor: { kind: 'kith' }, remote: nowhere })
  await settle()
  expect(await ends()).toEqual([true])
})

test('WPAP-2026-TRANSITION: a post that its author shows to fewer is shown to fewer here, and never to more', async () => {
  const tag = [{ type: 'Hashtag', name: '#bees' }]
  await tell(ann, activityOf(ann, 'Create', note({ tag, content: '<p>zanzibar</p>' })))
  const { id } = await stored()
  const places = [`/api/v1/statuses/${id}`, '/api/v1/timelines/public', '/api/v1/timelines/tag/bees']
  const shown = () =>
    Promise.all(
      places.map(async (path) => JSON.stringify((await client().get(path)).body).includes('zanzibar')),
    )
  expect(await shown()).toEqual([true, true, true])
  const followers = { to: [`${ann.uri}/followers`], cc: [] }
  await update({ tag, content: '<p>zanzibar</p>', ...followers, updated: new Date().toISOString() })
  expect(await shown()).toEqual([false, false, false])
  expect((await client(alice).get(places[0]!)).body.visibility).toBe('private')
  await update({ tag, content: '<p>zanzibar</p>', updated: new Date(Date.now() + 1000).toISOString() })
  expect(await shown()).toEqual([false, false, false])
  expect((await stored()).visibility).toBe('private')
})

test('wire 8.2: an Update that does not say for whom a post is leaves that as it was', async () => {
  await tell(ann, activityOf(ann, 'Create', note()))
  const updated = new Date().toISOString()
  await update({ content: '<p>new</p>', updated, to: undefined, cc: undefined })
  expect(await stored()).toMatchObject({ html: '<p>new</p>', visibility: 'public' })
})
