import { setTimeout as sleep } from 'node:timers/promises'
import { flights, patiently } from '#federation/shared-flights'
import { FetchFailed } from '#platform/http-errors'
import { openRedis } from '#platform/redis'
import { withoutRedis } from '#test/support/without-redis'

beforeAll(openRedis)

// `share` keeps nothing of a name in this process, so that several calls are as several processes.
const { share, join } = flights
let fetches = 0
beforeEach(() => (fetches = 0))
const fetch = async () => {
  fetches += 1
  await sleep(100)
  return { text: `fetch ${fetches}` }
}

test('R-061: whoever asks while somebody fetches gets what that brings', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => share('a', fetch)))
  expect([fetches, new Set(all.map(({ text }) => text))]).toEqual([1, new Set(['fetch 1'])])
})

test('R-061: what was fetched a moment ago is fetched again, unless recent is good enough', async () => {
  await share('a', fetch)
  expect(await share('a', fetch, { recent: true })).toEqual({ text: 'fetch 1' })
  expect(await join('a', { recent: true })).toEqual({ text: 'fetch 1' })
  expect(await join('a')).toBeUndefined()
  expect(await share('a', fetch)).toEqual({ text: 'fetch 2' })
  expect(await join('b', { recent: true })).toBeUndefined()
})

test('R-061: a failure is one for all who wait', async () => {
  const fail = async () => {
    await fetch()
    throw new FetchFailed('status', 'https://a.example/1', 'status 404', { status: 404 })
  }
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => share('a', fail)))
  expect(fetches).toBe(1)
  for (const each of all)
    expect(each).toMatchObject({ reason: { name: 'FetchFailed', problem: 'status', status: 404 } })
})

test('R-061: that this process has too much to do is no news of the address, and somebody else fetches it', async () => {
  const busy = async () => {
    await sleep(50)
    throw new FetchFailed('busy', 'https://a.example/1', 'too much under way')
  }
  const [first, second] = await Promise.allSettled([
    share('a', busy),
    sleep(10).then(() => share('a', fetch)),
  ])
  expect(first).toMatchObject({ reason: { problem: 'busy' } })
  expect(second).toMatchObject({ value: { text: 'fetch 1' } })
})

test('R-061: nobody waits longer than five seconds, in this process or another', async () => {
  const gate = Promise.withResolvers<{ text: string }>()
  const leader = share('a', () => gate.promise)
  await sleep(50)
  const waits = [share('a', fetch), join('a'), patiently('a', leader)]
  for (const each of await Promise.allSettled(waits))
    expect(each).toMatchObject({ reason: { problem: 'busy' } })
  gate.resolve({ text: 'late' })
  expect([await leader, fetches]).toEqual([{ text: 'late' }, 0])
})

test('what is very large is fetched by each', async () => {
  const large = async () => ({ text: 'x'.repeat(300_000) })
  await share('a', large)
  expect(await join('a', { recent: true })).toBeUndefined()
})

test('R-130: while Redis is away everybody fetches for themselves', async () => {
  const all = await withoutRedis(() => Promise.all([share('a', fetch), share('a', fetch)]))
  expect([all.length, fetches]).toEqual([2, 2])
})
