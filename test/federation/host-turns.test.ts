import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { accountUri } from '#core/addresses'
import { Instance } from '#core/instances/instance.model'
import { deliver } from '#federation/deliveries'
import { hearFrom } from '#federation/hear-from'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { startStub, type StubServer } from '#test/support/stub-server'
import { learnTrades } from '#workers/queues'
import { Runner } from '#workers/runner'

let alice: Member
let stub: StubServer
beforeEach(async () => {
  stub = await startStub()
  ;({ alice } = await cast('alice'))
})
afterEach(() => stub.stop())

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at)
const letter = (name: string) => ({
  activity: { id: `${accountUri(alice.account)}#${name}`, type: 'Like', object: 'https://a.example/1' },
  senderId: alice.account.id,
  about: name,
})
const likes = async (count: number) => {
  for (const at of range(count)) await deliver(alice.ctx, letter(`like-${at}`), [`${stub.origin}/inbox`])
}

// As the workers do it, until it is done or a minute is over; gives how many milliseconds it took.
async function work(isDone: () => boolean): Promise<number> {
  const { trades } = await learnTrades(alice.ctx)
  const runner = new Runner('delivery', trades.delivery!)
  const began = performance.now()
  while (!isDone() && performance.now() - began < 60_000) {
    void runner.wake()
    await sleep(50)
  }
  const took = performance.now() - began
  await runner.stop(5000)
  return took
}

test('R-047 of one host four deliveries are under way at a time, and the rest make way', async () => {
  stub.delay = 200
  await likes(40)
  await work(() => stub.arrivals.length === 40)
  expect(stub.arrivals).toHaveLength(40)
  expect(stub.most).toBe(4)
})

test('R-043 to a host that is back what waits goes out oldest first, ten a second, two at a time', async () => {
  await likes(30)
  await Instance.create({ domain: stub.domain, openings: 1, recentFailures: 5 })
  await rows({}, `UPDATE owed_work SET due_at = now() + interval '6 hours', first_failed_at = now()`)
  stub.delay = 50
  await hearFrom(stub.domain)
  const took = await work(() => stub.arrivals.length === 30)
  expect(took).toBeGreaterThan(2800)
  expect(stub.most).toBeLessThanOrEqual(2)
  // On a busy machine several come due in one moment, and those that get no turn then let a few past them.
  const strayed = stub.arrivals.map(({ id }, at) => Math.abs(Number(id.split('-')[1]) - at))
  expect(Math.max(...strayed)).toBeLessThan(10)
})

test('R-046 hosts that never answer and slow ones keep nothing from those that are well', async () => {
  const arrivals: string[] = []
  const server = createServer((request, response) => {
    const [, , kind] = (request.headers.host ?? '').split('.')
    if (kind === '1') arrivals.push(request.headers.host ?? '')
    if (kind !== '3') setTimeout(() => response.writeHead(202).end(), kind === '2' ? 3000 : 0)
  }).listen(0, '0.0.0.0')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const hosts = (kind: number, count: number) =>
    range(count).map((at) => `http://127.0.${kind}.${at + 1}:${port}/inbox`)
  try {
    const inboxes = [...hosts(3, 120), ...hosts(2, 20), ...hosts(1, 60)]
    for (const at of range(6)) await deliver(alice.ctx, letter(`wide-${at}`), inboxes)
    const took = await work(() => arrivals.length === 360)
    expect(arrivals).toHaveLength(360)
    // So long alone would those take that never answer, with all hands: 720 times ten seconds by 160.
    expect(took).toBeLessThan(44_000)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}, 90_000)

test('R-047, federation rule 184: a thousand deliveries that wait for a slow host keep nobody else from going out', async () => {
  stub.delay = 1000
  const other = await startStub()
  try {
    await likes(1000)
    for (let at = 0; at < 20; at += 1)
      await deliver(alice.ctx, letter(`quick-${at}`), [`${other.origin}/inbox`])
    const took = await work(() => other.arrivals.length === 20)
    expect(other.arrivals).toHaveLength(20)
    // One after the other they would take minutes.
    expect(took).toBeLessThan(20_000)
    expect(stub.most).toBeLessThanOrEqual(4)
  } finally {
    await other.stop()
  }
})
