import { setTimeout as sleep } from 'node:timers/promises'
import { rows } from '#platform/db'
import { eventually } from '#test/support/kiths'
import { startHosts } from '#test/support/stub-hosts'
import type { StubServer } from '#test/support/stub-server'
import { type Author, startAuthor } from './support/author.ts'
import type { Measure } from './support/measure.ts'

const RETURNING = Number(process.env.KITH_BENCH_RETURNING ?? 1000)
const WAITING = Number(process.env.KITH_BENCH_WAITING ?? 50_000)
const POSTS = 10
const OTHERS = 50

/** Owes so many deliveries to one host, each about something else; those that failed before are due in hours. */
const owe = (host: StubServer, count: number, { haveFailed = false } = {}) =>
  rows(
    {},
    `WITH letters AS (
       INSERT INTO outgoing_activities (uri, sender_id, type, body)
       SELECT 'http://localhost/likes/' || $1 || '/' || n, (SELECT id FROM accounts WHERE username = 'alice'), 'Like',
         '{"id":"' || n || '","type":"Like"}' FROM generate_series(1, $2::int) AS n RETURNING id)
     INSERT INTO owed_work (kind, payload, lane, due_at, first_failed_at)
     SELECT 'delivery', jsonb_build_object('activityId', id::text, 'inbox', 'http://' || $1 || '/inbox'), $1 || ' ' || id,
       now() + CASE WHEN $3 THEN interval '6 hours' ELSE interval '0' END, CASE WHEN $3 THEN now() END FROM letters ORDER BY id`,
    [host.domain, count, haveFailed],
  )

const openBreaker = (host: StubServer) =>
  rows(
    {},
    `INSERT INTO instances (domain, openings, recent_failures, paused_until) VALUES ($1, 1, 5, now() + interval '30 minutes')`,
    [host.domain],
  )

const thousands = (count: number): string => count.toLocaleString('en')

/** what a host hears whose breaker is open while much is due there. */
async function leaveAlone(host: StubServer): Promise<Measure[]> {
  await openBreaker(host)
  await owe(host, RETURNING)
  await eventually(async () => {
    const due = await rows(
      {},
      `SELECT FROM owed_work WHERE kind = 'delivery' AND dead_at IS NULL AND (due_at <= now() OR leased_until IS NOT NULL)`,
    )
    return due.length === 0
  }, 300_000)
  const what = `requests to a host with an open breaker where ${thousands(RETURNING)} deliveries wait`
  return [{ what, value: host.arrivals.length, unit: '', atMost: 0 }]
}

/** a host writes to us after its breaker had opened; when all that waited for it is there. */
async function comeBack(host: StubServer, url: string): Promise<Measure[]> {
  await openBreaker(host)
  await owe(host, RETURNING, { haveFailed: true })
  host.delay = 50
  const began = performance.now()
  const answer = await host.post(url, host.activity('ann', 'Like', 'http://elsewhere.example/1'))
  if (!answer.ok) throw new Error(`its word was refused: ${answer.status} ${await answer.text()}`)
  await eventually(async () => host.arrivals.length >= RETURNING, 600_000)
  const times = host.arrivals.map(({ at }) => at)
  const strayed = host.arrivals.map(({ id }, at) => Math.abs(Number(id) - 1 - at))
  const what = `${thousands(RETURNING)} deliveries to a host that is back`
  return [
    { what: `${what}: done after`, value: (times.at(-1)! - began) / 1000, unit: 's', atMost: 300 },
    {
      what: `${what}: each second`,
      value: ((RETURNING - 1) / (times.at(-1)! - times[0]!)) * 1000,
      unit: '/s',
      atMost: 10.5,
    },
    { what: `${what}: at a time at most`, value: host.most, unit: '', atMost: 2 },
    { what: `${what}: places out of order at most`, value: Math.max(...strayed), unit: '' },
  ]
}

/** The longest that any of these hosts waits for any of some posts, in seconds. */
async function longestWait(others: readonly StubServer[], author: Author): Promise<number> {
  const waits: number[] = []
  for (let post = 1; post <= POSTS; post += 1) {
    for (const { arrivals } of others) arrivals.length = 0
    const began = performance.now()
    await author.post(`post ${post}`)
    await eventually(async () => others.every(({ arrivals }) => arrivals.length > 0), 120_000)
    waits.push(...others.map(({ arrivals: [first] }) => (first!.at - began) / 1000))
    await sleep(500)
  }
  return Math.max(...waits)
}

/** how long others wait while very much waits for a host that takes a second. */
async function waitBehind(
  slow: StubServer,
  others: readonly StubServer[],
  author: Author,
): Promise<Measure[]> {
  await longestWait(others, author)
  const usual = await longestWait(others, author)
  slow.delay = 1000
  await owe(slow, WAITING)
  const behind = await longestWait(others, author)
  const what = `${OTHERS} hosts, ${POSTS} posts: the longest that any waits`
  return [
    { what, value: usual, unit: 's' },
    {
      what: `… behind ${thousands(WAITING)} deliveries to a slow host, more than that`,
      value: behind - usual,
      unit: 's',
      atMost: 2,
    },
    { what: `… of which are under way at a time at most`, value: slow.most, unit: '', atMost: 4 },
  ]
}

/** at their sizes. */
export async function measure(): Promise<Measure[]> {
  const stubs = await startHosts()
  const others = stubs.hosts(0, OTHERS)
  const author = await startAuthor(others.map(({ domain }) => domain))
  const measures = [
    ...(await leaveAlone(stubs.host(1000))),
    ...(await comeBack(stubs.host(1001), author.url)),
    ...(await waitBehind(stubs.host(1002), others, author)),
  ]
  await author.end()
  await stubs.stop()
  return measures
}
