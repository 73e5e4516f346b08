import { closePolls } from '#core/posts/polls/close-polls'
import { Poll } from '#core/posts/polls/poll.model'
import { receiveVote } from '#core/posts/polls/receive-vote'
import { Post } from '#core/posts/post.model'
import { Block } from '#core/relationships/block.model'
import { inSeconds, shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { Forbidden } from '#platform/errors'
import { member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'

afterEach(() => shiftClock(0))

const question = { options: ['yes', 'no'], isMultiple: false }
const pollOf = ({ id }: Post) => Poll.findOne({ where: { postId: id }, rejectOnEmpty: true })
const ended = () =>
  rows<{ payload: object }>({}, `SELECT payload FROM owed_work WHERE payload->>'name' = 'poll.ended'`)

test('federation rules 125 and 226 a vote counts once, for an option that is there, before the end', async () => {
  const [alice, rea, sam] = [await member('alice'), await stranger('rea'), await stranger('sam')]
  const note = await post(alice, { poll: { ...question, expiresAt: inSeconds(600) } })
  const vote = (accountId: string, option: string, uri: string) =>
    receiveVote(outside, { accountId, postId: note.id, option, uri })
  expect(await vote(rea.id, 'maybe', 'u0')).toBe(false)
  expect(await vote(rea.id, 'yes', 'u1')).toBe(true)
  expect(await vote(rea.id, 'yes', 'u1')).toBe(false)
  expect(await vote(rea.id, 'no', 'u2')).toBe(false)
  shiftClock(601_000)
  expect(await vote(sam.id, 'no', 'u3')).toBe(false)
  const { tallies, votersCount } = await pollOf(note)
  expect([tallies, votersCount]).toEqual([[1, 0], 1])
})

test('of several choices each counts once, and the voter once', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice, { poll: { ...question, isMultiple: true, expiresAt: null } })
  const copies = ['yes', 'no'].flatMap((option) =>
    Array.from({ length: 20 }, () => receiveVote(outside, { accountId: rea.id, postId: note.id, option })),
  )
  expect((await Promise.all(copies)).filter(Boolean)).toHaveLength(2)
  const { tallies, votersCount } = await pollOf(note)
  expect([tallies, votersCount]).toEqual([[1, 1], 1])
})

test('votes of blocked people, for posts without a poll and of members here do not count', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice, { poll: { ...question, expiresAt: null } })
  const plain = await post(alice)
  expect(await receiveVote(outside, { accountId: rea.id, postId: plain.id, option: 'yes' })).toBe(false)
  await Block.create({ blockerId: alice.account.id, blockedId: rea.id })
  expect(await receiveVote(outside, { accountId: rea.id, postId: note.id, option: 'yes' })).toBe(false)
  const ours = { accountId: alice.account.id, postId: note.id, option: 'yes' }
  await expect(receiveVote(outside, ours)).rejects.toThrow(Forbidden)
})

test('POLL-05 a poll ends once, however many sweep at the same time', async () => {
  const alice = await member('alice')
  const due = await Promise.all(
    Array.from({ length: 230 }, () => post(alice, { poll: { ...question, expiresAt: inSeconds(-1) } })),
  )
  const open = await post(alice, { poll: { ...question, expiresAt: inSeconds(60) } })
  await Promise.all([closePolls(outside), closePolls(outside), closePolls(outside)])
  await closePolls(outside)
  expect(await ended()).toHaveLength(due.length)
  expect((await pollOf(open)).closedAt).toBe(null)
  const { closedAt, expiresAt } = await pollOf(due[0]!)
  expect(closedAt).toEqual(expiresAt)
  expect((await Post.findByPk(due[0]!.id))!.version).toBe(2)
})
