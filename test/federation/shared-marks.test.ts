import { sharedMarks } from '#federation/shared-marks'
import { openRedis } from '#platform/redis'
import { withoutRedis } from '#test/support/without-redis'

beforeAll(openRedis)

test('a mark is claimed once, by whoever comes first, until it lapses', async () => {
  const claims = await Promise.all(Array.from({ length: 20 }, () => sharedMarks.claim('refetch a', 60)))
  expect(claims.filter(Boolean)).toHaveLength(1)
  await new Promise((resolve) => setTimeout(resolve, 90))
  expect(await sharedMarks.claim('refetch a', 60)).toBe(true)
})

test('a value is remembered until it lapses, under names of any length', async () => {
  const name = `failed https://remote.example/${'x'.repeat(5_000)}`
  await sharedMarks.remember(name, 'gone', 60)
  expect(await sharedMarks.recall(name)).toBe('gone')
  await new Promise((resolve) => setTimeout(resolve, 90))
  expect(await sharedMarks.recall(name)).toBeUndefined()
})

test('while Redis is away, limits still hold within the process', async () => {
  await withoutRedis(async () => {
    expect(await sharedMarks.claim('refetch b', 5_000)).toBe(true)
    expect(await sharedMarks.claim('refetch b', 5_000)).toBe(false)
    await sharedMarks.remember('failed b', 'key', 5_000)
    expect(await sharedMarks.recall('failed b')).toBe('key')
  })
})
