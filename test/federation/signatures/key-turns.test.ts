import { createKeyTurns, turnLimits } from '#federation/signatures/key-turns'
import { TooMany } from '#platform/errors'

const keyOf = (host: string, name: string | number) => `https://${host}/users/${name}#main-key`
const outcomes = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((each) => (each.status === 'fulfilled' ? 'yes' : each.reason))

/** Fetches that end when they are told to; `most` is how many were under way at a time. */
const slow = () => {
  const gate = Promise.withResolvers<string>()
  const seen = { fetches: 0, active: 0, most: 0 }
  const fetch = async () => {
    seen.fetches += 1
    seen.most = Math.max(seen.most, (seen.active += 1))
    await gate.promise
    seen.active -= 1
    return 'key'
  }
  return { seen, fetch, open: () => gate.resolve('') }
}

test('R-089: of a thousand new keys of one host ten are fetched at a time, and who comes meanwhile is told to come again', async () => {
  const { take } = createKeyTurns(turnLimits())
  const { seen, fetch, open } = slow()
  const tries = Array.from({ length: 1000 }, (_, at) => take(keyOf('evil.example', at), fetch))
  const good = take(keyOf('good.example', 'ann'), fetch)
  open()
  const ends = await outcomes(tries)
  expect(ends.filter((end) => end === 'yes')).toHaveLength(10)
  expect(ends.filter((end) => end instanceof TooMany)).toHaveLength(990)
  expect([await good, seen.most]).toEqual(['key', 11])
  expect(await take(keyOf('evil.example', 'later'), fetch)).toBe('key')
})

test('R-089: of a thousand hosts fifty keys are fetched at a time', async () => {
  const { take } = createKeyTurns(turnLimits())
  const { seen, fetch, open } = slow()
  const tries = Array.from({ length: 1000 }, (_, at) => take(keyOf(`h${at}.example`, 'eve'), fetch))
  open()
  expect((await outcomes(tries)).filter((end) => end === 'yes')).toHaveLength(50)
  expect(seen.most).toBe(50)
})

test('R-061, R-089: who waits for one key waits for one fetch, and at most fifty of a host do', async () => {
  const { take } = createKeyTurns(turnLimits())
  const { seen, fetch, open } = slow()
  const tries = Array.from({ length: 500 }, () => take(keyOf('a.example', 'ann'), fetch))
  open()
  expect((await outcomes(tries)).filter((end) => end === 'yes')).toHaveLength(50)
  expect(seen.fetches).toBe(1)
})

test('a fetch that fails gives its place back', async () => {
  const { take } = createKeyTurns({ perHost: 1, total: 1, waitingPerHost: 1, waiting: 1 })
  for (const _ of [1, 2, 3])
    await expect(take(keyOf('a.example', 'x'), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await take(keyOf('a.example', 'x'), async () => 'key')).toBe('key')
})
