import { setTimeout as sleep } from 'node:timers/promises'
import { startHosts, type StubHosts } from '#test/support/stub-hosts'
import type { StubServer } from '#test/support/stub-server'
import { startAuthor } from './support/author.ts'
import type { Measure } from './support/measure.ts'

const HOSTS = Number(process.env.KITH_BENCH_HOSTS ?? 2000)
const POSTS = Number(process.env.KITH_BENCH_POSTS ?? 100)
const SECONDS_APART = 6
const HANDS = 160
const GIVEN_UP_AFTER = 10
const PATIENCE = 60

// Of twenty hosts six are dead, half of them silent and half refusing; two take nine seconds; one fails every other minute.
const kindOf = (at: number) => {
  const place = at % 20
  if (place < 6) return place < 3 ? 'silent' : 'closed'
  return place < 8 ? 'slow' : place < 9 ? 'flapping' : 'well'
}

type Hosts = Record<'silent' | 'slow' | 'flapping' | 'well', StubServer[]> & { closed: string[] }

function makeHosts(stubs: StubHosts): Hosts {
  const numbers = Array.from({ length: HOSTS }, (_, at) => at)
  const of = (kind: string) => numbers.filter((at) => kindOf(at) === kind)
  const [silent = [], slow = [], flapping = [], well = []] = ['silent', 'slow', 'flapping', 'well'].map(
    (kind) => of(kind).map((at) => stubs.host(at)),
  )
  for (const host of silent) host.manner = 'silent'
  for (const host of slow) host.delay = 9000
  return { silent, slow, flapping, well, closed: of('closed').map((at) => stubs.deserted(at)) }
}

function flap(hosts: readonly StubServer[]): NodeJS.Timeout {
  return setInterval(() => {
    for (const host of hosts) host.status = host.status === 202 ? 503 : 202
  }, 60_000)
}

/** For each post when it was sent; and how long each host that is well waited for each, in order. */
const waitsOf = (well: readonly StubServer[], sent: ReadonlyMap<string, number>): number[] =>
  well
    .flatMap(({ arrivals }) =>
      arrivals.map(({ activity, at }) => (at - (sent.get(nameOf(activity)) ?? Number.NaN)) / 1000),
    )
    .toSorted((a, b) => a - b)

const nameOf = (activity: Record<string, unknown>): string =>
  /post \d+ of/.exec(JSON.stringify(activity.object))?.[0] ?? ''

/**
 * posts to followers on 2,000 servers of which 30 % are dead, 10 % slow and 5 % come and go: how long those that are well
 * wait for each post, and how much of the hands those take in the last quarter that never answer.
 */
export async function measure(): Promise<Measure[]> {
  const stubs = await startHosts()
  const { silent, slow, flapping, well, closed } = makeHosts(stubs)
  const author = await startAuthor([
    ...[...silent, ...slow, ...flapping, ...well].map(({ domain }) => domain),
    ...closed,
  ])
  const flapper = flap(flapping)
  const sent = new Map<string, number>()
  for (let post = 1; post <= POSTS; post += 1) {
    sent.set(`post ${post} of`, performance.now())
    await author.post(`This is post ${post} of ${POSTS}.`)
    await sleep(SECONDS_APART * 1000)
  }
  const missing = () => well.reduce((sum, { arrivals }) => sum + Math.max(0, POSTS - arrivals.length), 0)
  for (let seconds = 0; seconds < PATIENCE && missing() > 0; seconds += 1) await sleep(1000)
  const lastPart = [...sent.values()][Math.floor(POSTS * 0.75)] ?? 0
  const late = silent.reduce(
    (sum, { arrivals }) => sum + arrivals.filter(({ at }) => at > lastPart).length,
    0,
  )
  const share = (late * GIVEN_UP_AFTER * 1000) / (HANDS * (performance.now() - lastPart))
  const lost = missing()
  clearInterval(flapper)
  await author.end()
  await stubs.stop()
  const waits = waitsOf(well, sent)
  const at = (part: number): number => waits[Math.ceil(waits.length * part) - 1] ?? Number.NaN
  const what = `${POSTS} posts to ${HOSTS.toLocaleString('en')} hosts, 45 % unwell`
  return [
    { what: `${what}: p95 of the others`, value: at(0.95), unit: 's', atMost: 10 },
    { what: `${what}: p99 of the others`, value: at(0.99), unit: 's', atMost: 30 },
    { what: `${what}: the slowest`, value: at(1), unit: 's' },
    { what: `${what}: not there a minute after the last post`, value: lost, unit: '', atMost: 0 },
    {
      what: `${what}: hands held by silent hosts in the last quarter`,
      value: share * 100,
      unit: '%',
      atMost: 5,
    },
  ]
}
