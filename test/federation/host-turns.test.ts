import { setTimeout as sleep } from 'node:timers/promises'
import { accountUri } from '#core/addresses'
import { Instance } from '#core/instances/instance.model'
import { deliver } from '#federation/deliveries'
import { hearFrom } from '#federation/hear-from'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { startHosts } from '#test/support/stub-hosts'
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

const manners = ['cutting', 'babbling', 'flooding', 'redirecting'] as const

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
async function work(isDone: () => boolean, atEnd = async (): Promise<void> => {}): Promise<number> {
  const { trades } = await learnTrades(alice.ctx)
  const runner = new Runner('delivery', trades.delivery!)
  const began = performance.now()
  while (!isDone() && performance.now() - began < 60_000) {
    void runner.wake()
    await sleep(50)
  }
  const took = performance.now() - began
  await atEnd()
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

test('R-043 to a host that is back what waits is due oldest first, ten a second, and goes out two at a time', async () => {
  await likes(30)
  await Instance.create({ domain: stub.domain, openings: 1, recentFailures: 5 })
  await rows({}, `UPDATE owed_work SET due_at = now() + interval '6 hours', first_failed_at = now()`)
  stub.delay = 50
  const began = performance.now()
  await hearFrom(stub.domain)
  const due = await rows<{ at: number }>(
    {},
    `SELECT extract(epoch FROM due_at - min(due_at) OVER ())::float AS at FROM owed_work WHERE kind = 'delivery' ORDER BY id`,
  )
  expect(due.map(({ at }) => Math.round(at * 10))).toEqual(range(30))
  await work(() => stub.arrivals.length === 30)
  expect(stub.arrivals).toHaveLength(30)
  expect(stub.arrivals.at(-1)!.at - began).toBeGreaterThan(2800)
  expect(stub.most).toBeLessThanOrEqual(2)
})

test('R-046 hosts that never answer, refuse, misbehave or are slow keep nothing from those that are well', async () => {
  const hosts = await startHosts()
  try {
    const well = hosts.hosts(0, 20)
    const slow = hosts.hosts(100, 10)
    for (const host of slow) host.delay = 3000
    // More deliveries to those that never answer than there are hands.
    const bad = hosts.hosts(200, 80)
    for (const [at, host] of bad.entries()) host.manner = at < 60 ? 'silent' : manners[at % manners.length]
    const closed = range(20).map((at) => `http://${hosts.deserted(at)}/inbox`)
    const inboxes = [...closed, ...[...bad, ...slow, ...well].map(({ origin }) => `${origin}/inbox`)]
    for (const at of range(3)) await deliver(alice.ctx, letter(`wide-${at}`), inboxes)
    const got = () => well.reduce((sum, { arrivals }) => sum + arrivals.length, 0)
    await work(() => got() === 60)
    expect(got()).toBe(60)
    const elsewhere = bad.flatMap(({ arrivals }) => arrivals.filter(({ path }) => path !== '/inbox'))
    expect(elsewhere).toEqual([])
  } finally {
    await hosts.stop()
  }
}, 90_000)

test('R-046 more hosts than there are hands, none of which ever answers, hold up nobody until they are given up', async () => {
  const hosts = await startHosts()
  try {
    const silent = hosts.hosts(0, 180)
    for (const host of silent) host.manner = 'silent'
    const well = hosts.hosts(300, 10)
    await deliver(
      alice.ctx,
      letter('all'),
      silent.map(({ origin }) => `${origin}/inbox`),
    )
    await deliver(
      alice.ctx,
      letter('well'),
      well.map(({ origin }) => `${origin}/inbox`),
    )
    let failed: object[] = []
    await work(
      () => well.every(({ arrivals }) => arrivals.length > 0),
      async () => {
        failed = await rows(
          {},
          'SELECT domain FROM instances WHERE last_failure_at IS NOT NULL AND domain = ANY ($1)',
          [silent.map(({ domain }) => domain)],
        )
      },
    )
    expect(well.filter(({ arrivals }) => arrivals.length === 0)).toEqual([])
    expect(failed).toEqual([])
  } finally {
    await hosts.stop()
  }
})

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
