import { cast } from '#test/factories/account'
import { client, makeToken, request } from '#test/support/client'
import { withoutRedis } from '#test/support/without-redis'

const path = '/api/v1/preferences'
const rest = (headers: Headers) => Number(headers.get('x-ratelimit-remaining'))
const inTurn = async <T>(times: number, work: (at: number) => Promise<T>): Promise<T[]> => {
  const found: T[] = []
  for (let at = 0; at < times; at += 50)
    found.push(
      ...(await Promise.all(Array.from({ length: Math.min(50, times - at) }, (_, each) => work(at + each)))),
    )
  return found
}

test('RATE-01 a token makes three hundred requests in five minutes, then another token of the member goes on', async () => {
  const { alice } = await cast('alice')
  const [one, two] = [client(alice), client(alice)]
  const answers = await inTurn(300, () => one.get(path))
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect((await one.get(path)).status).toBe(429)
  expect((await two.get(path)).status).toBe(200)
})

test('RATE-01 visitors are counted by address, all of one IPv6 network as one', async () => {
  const from = (address: string) =>
    request('GET', '/api/v1/custom_emojis', undefined, { headers: { 'X-Forwarded-For': address } })
  await inTurn(300, (at) => from(`2001:db8:1:2::${at.toString(16)}`))
  expect((await from('2001:db8:1:2:ffff::1')).status).toBe(429)
  expect((await from('2001:db8:1:3::1')).status).toBe(200)
})

test('RATE-05 walking through lists is counted on its own', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const plain = await app.get(path)
  const paged = await app.get(`${path}?max_id=1`)
  expect([plain.headers.get('x-ratelimit-limit'), paged.headers.get('x-ratelimit-limit')]).toEqual([
    '300',
    '300',
  ])
  await inTurn(298, () => app.get(`${path}?min_id=1`))
  expect((await app.get(path)).status).toBe(429)
  const other = await makeToken(['read'], alice)
  const walk = () =>
    request('GET', `${path}?max_id=1`, undefined, { headers: { Authorization: `Bearer ${other}` } })
  const last = await walk()
  expect([last.status, rest(last.headers)]).toEqual([200, 0])
  expect((await walk()).status).toBe(429)
})

test('RATE-08 the headers tell the tightest limit, and when it is whole again', async () => {
  const { alice } = await cast('alice')
  const { headers } = await client(alice).get(path)
  expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual(['300', '299'])
  const reset = headers.get('x-ratelimit-reset')!
  expect(reset).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/)
  const seconds = (new Date(reset).getTime() - Date.now()) / 1000
  expect(seconds).toBeGreaterThan(200)
  expect(seconds).toBeLessThan(310)
})

test('RATE-09 over the limit the answer says so in the shape of all errors, with none left', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  await inTurn(300, () => app.get(path))
  const { status, body, headers } = await app.get(path)
  expect([status, body]).toEqual([429, { error: 'Too many requests' }])
  expect(headers.get('x-ratelimit-remaining')).toBe('0')
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test('RATE-07 four hundred follows a day, of people and hashtags together', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const apps = [client(alice), client(alice)]
  const paths = [`/api/v1/accounts/${bob.account.id}/follow`, '/api/v1/tags/bees/follow']
  const follow = (at: number) => apps[at % 2]!.post(paths[(at >> 1) % 2]!)
  const answers = await inTurn(400, follow)
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  for (const path of paths) expect((await client(alice).post(path)).status).toBe(429)
  expect((await client(alice).post('/api/v1/tags/bees/unfollow')).status).toBe(200)
  expect((await client(bob).post(paths[1]!)).status).toBe(200)
})

test('a token that opens nothing is counted by the address that brings it', async () => {
  const { headers } = await client().get(path, { headers: { Authorization: 'Bearer nothing' } })
  expect(rest(headers)).toBe(299)
})

test('R-130 while Redis is away this process counts alone, and the API goes on', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const { status, headers } = await withoutRedis(() => app.get(path))
  expect(status).toBe(200)
  expect(rest(headers)).toBeGreaterThan(0)
})
