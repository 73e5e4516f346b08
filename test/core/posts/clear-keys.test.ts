import { clearTombstones } from '#core/accounts/clear-tombstones'
import { Tombstone } from '#core/accounts/tombstone.model'
import { clearKeys } from '#core/posts/clear-keys'
import { createPost } from '#core/posts/create-post'
import { shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { as, member } from '#test/factories/account'
import { outside } from '#test/factories/remote-post'

afterEach(() => shiftClock(0))

test('keys are forgotten after a day', async () => {
  const alice = await member('alice')
  await as(alice, createPost, { text: 'x', idempotencyKey: 'old' })
  shiftClock(23 * 3_600_000)
  await as(alice, createPost, { text: 'x', idempotencyKey: 'new' })
  shiftClock(25 * 3_600_000)
  await clearKeys(outside)
  expect(await rows({}, 'SELECT FROM idempotency_keys')).toHaveLength(1)
})

test('R-022, R-023 what others deleted is remembered for more than 90 days, what was deleted here for good', async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  const old = daysAgo(101)
  await Tombstone.bulkCreate([
    { uri: 'http://localhost:3000/users/1/posts/2', createdAt: old },
    { uri: 'https://remote.example/old', createdAt: old },
    { uri: 'https://remote.example/new', createdAt: daysAgo(91) },
  ])
  await clearTombstones(outside)
  expect((await Tombstone.findAll({ order: ['uri'] })).map(({ uri }) => uri)).toEqual([
    'http://localhost:3000/users/1/posts/2',
    'https://remote.example/new',
  ])
})
