import { Poll } from '#core/posts/polls/poll.model'
import { closePolls } from '#core/posts/polls/close-polls'
import { Post } from '#core/posts/post.model'
import { shiftClock } from '#platform/clock'
import { nowhere } from '#core/remote'
import { cast, member, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

afterEach(() => shiftClock(0))

const ask = async (author: Member, more = {}) => {
  const { body } = await client(author).post('/api/v1/statuses', {
    status: 'well?',
    poll: { options: ['a', 'b', 'c'], expires_in: 600, ...more },
  })
  return { ...body.poll, path: `/api/v1/polls/${body.poll.id}`, statusId: body.id as string }
}

test.each([
  ['numbers', { choices: [1] }],
  ['texts in JSON', { choices: ['1'] }],
  ['a form', new URLSearchParams({ 'choices[]': '1' })],
])('POLL-04 TRIP-36 a vote with %s is answered with the poll and the own choice', async (_, ballot) => {
  const { alice, bob } = await cast('alice', 'bob')
  const poll = await ask(alice)
  const { status, body } = await client(bob).post(`${poll.path}/votes`, ballot)
  expect(status).toBe(200)
  expectEntity('Poll::SignedIn', body)
  expect(body).toMatchObject({ voted: true, own_votes: [1], votes_count: 1, voters_count: 1, expired: false })
  expect(body.options.map((each: { votes_count: number }) => each.votes_count)).toEqual([0, 1, 0])
  const seen = await client().get(poll.path)
  expectEntity('Poll', seen.body)
  expect(seen.body).not.toHaveProperty('voted')
  const status2 = await client(bob).get(`/api/v1/statuses/${poll.statusId}`)
  expect(status2.body.poll).toEqual(body)
})

test('POLL-03 votes against the rules are refused, and change nothing', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const poll = await ask(alice)
  const vote = (who: Member, ballot: object) => client(who).post(`${poll.path}/votes`, ballot)
  expect((await vote(bob, {})).status).toBe(400)
  for (const choices of [[3], [-1], ['x'], [0, 1], [], [1.5], ['']])
    expect([choices, (await vote(bob, { choices })).status]).toEqual([choices, 422])
  expect((await vote(alice, { choices: [0] })).status).toBe(422)
  expect((await vote(bob, { choices: [0] })).status).toBe(200)
  expect((await vote(bob, { choices: [0] })).status).toBe(422)
  expect((await vote(bob, { choices: [1] })).status).toBe(422)
  expect((await Poll.findByPk(poll.id))!.tallies).toEqual([1, 0, 0])
  shiftClock(601_000)
  const { dan } = await cast('dan')
  expect((await vote(dan, { choices: [0] })).status).toBe(422)
  expect((await client().get('/api/v1/polls/1')).status).toBe(404)
})

test('POLL-03 a poll that may not be seen is not found', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const hidden = await post(alice, {
    visibility: 'private',
    poll: { options: ['a', 'b'], isMultiple: false, expiresAt: null },
  })
  const poll = (await Poll.findOne({ where: { postId: hidden.id } }))!
  expect((await client(bob).get(`/api/v1/polls/${poll.id}`)).status).toBe(404)
  expect((await client(bob).post(`/api/v1/polls/${poll.id}/votes`, { choices: [0] })).status).toBe(404)
})

test('POLL-01 TRIP-53 several choices count as one voter; of a single choice voters are votes', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const poll = await ask(alice, { multiple: true })
  const { body } = await client(bob).post(`${poll.path}/votes`, { choices: [0, 2, 0] })
  expect(body).toMatchObject({ own_votes: [0, 2], votes_count: 2, voters_count: 1 })
  const foreign = await post(alice, {
    poll: { options: ['a', 'b'], tallies: [3, 4], votersCount: 99, isMultiple: false, expiresAt: null },
  })
  const single = (await Poll.findOne({ where: { postId: foreign.id } }))!
  expect((await client().get(`/api/v1/polls/${single.id}`)).body.voters_count).toBe(7)
  await single.update({ votersCount: null })
  expect((await client().get(`/api/v1/polls/${single.id}`)).body.voters_count).toBe(null)
})

test('POLL-02 with hidden totals the options tell their votes only at the end', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const poll = await ask(alice, { hide_totals: true })
  const { body } = await client(bob).post(`${poll.path}/votes`, { choices: [0] })
  const told = ({ options }: { options: { votes_count: number | null }[] }) =>
    options.map(({ votes_count: votes }) => votes)
  expect([told(body), body.votes_count]).toEqual([[null, null, null], 1])
  shiftClock(601_000)
  expect(told((await client(bob).get(poll.path)).body)).toEqual([1, 0, 0])
  expect(told((await client(bob).get(`/api/v1/statuses/${poll.statusId}`)).body.poll)).toEqual([1, 0, 0])
})

test('POLL-05 an ended poll is expired, before and after the sweep has seen it', async () => {
  const alice = await member('alice')
  const poll = await ask(alice)
  shiftClock(601_000)
  expect((await client().get(poll.path)).body.expired).toBe(true)
  await closePolls({ actor: { kind: 'kith' }, remote: nowhere })
  const { body } = await client().get(poll.path)
  expect([body.expired, body.expires_at]).toEqual([true, poll.expires_at])
})

test('R-021 fifty votes of one member at once are one', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const poll = await ask(alice)
  const app = client(bob)
  await Promise.all(
    Array.from({ length: 50 }, (_, at) => app.post(`${poll.path}/votes`, { choices: [at % 3] })),
  )
  const { tallies, votersCount } = (await Poll.findByPk(poll.id))!
  expect([tallies.reduce((sum, each) => sum + each, 0), votersCount]).toEqual([1, 1])
  expect((await Post.findByPk(poll.statusId))!.version).toBe(2)
})
