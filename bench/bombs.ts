import { setTimeout as sleep } from 'node:timers/promises'
import { proxyUrl } from '#core/media/medium-addresses'
import { rows } from '#platform/db'
import { bombs } from '#test/support/media-bombs'
import { serve } from '#test/support/stub-server'
import { makeCommunity } from './support/community.ts'
import { Latencies } from './support/latencies.ts'
import type { Measure } from './support/measure.ts'
import { startWeb } from './support/process.ts'
import { startReaders } from './support/readers.ts'

const READS_A_SECOND = 20
const QUIET = 30_000
const AT_ONCE = 4
const ROUNDS = Number(process.env.KITH_BENCH_ROUNDS ?? 3)

/** So many media of somebody elsewhere that nobody has looked at yet, each at an address of its own. */
const makeMedia = (origin: string, count: number): Promise<{ id: string }[]> =>
  rows<{ id: string }>(
    {},
    `WITH made AS (INSERT INTO accounts (domain, username, uri) VALUES ('127.0.0.1', 'mal', $1 || '/users/mal') RETURNING id)
     INSERT INTO media (owner_id, state, kind, purpose, remote_url)
     SELECT made.id, 'remote', 'image', 'attachment', $1 || '/' || at FROM made, generate_series(0, $2 - 1) AS at RETURNING id`,
    [origin, count],
  )

/** Looks at each of them, four at a time; gives how long each took and what became of it. */
async function lookAtAll(url: string, ids: readonly string[]): Promise<Latencies> {
  const latencies = new Latencies()
  const left = [...ids]
  const look = async (): Promise<void> => {
    for (let id = left.shift(); id; id = left.shift()) {
      const began = performance.now()
      const { pathname, search } = new URL(proxyUrl(id, 'original'))
      const answer = await fetch(url + pathname + search, { redirect: 'manual' }).catch(() => undefined)
      latencies.note(answer?.status ?? 'broken', began)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  return latencies
}

/**
 * pictures and videos that are small and want much, looked at four at a time (KITH_BENCH_ROUNDS of each kind), while people
 * read; how much longer a home timeline takes meanwhile, and how long one of them keeps this server busy at most.
 */
export async function measure(): Promise<Measure[]> {
  const tokens = await makeCommunity({ accounts: 100, posts: 2000, follows: 2000 }, 20)
  const bodies = await Promise.all(Object.values(bombs).map((make) => make()))
  const stub = await serve((request, response) => {
    response.setHeader('content-type', 'application/octet-stream')
    response.end(bodies[Number(request.url?.slice(1)) % bodies.length])
  })
  const media = await makeMedia(`http://127.0.0.1:${stub.port}`, bodies.length * ROUNDS)
  const web = await startWeb()
  const warm = startReaders(web.url, tokens, READS_A_SECOND)
  await sleep(QUIET / 3)
  await warm.stop()
  const quiet = startReaders(web.url, tokens, READS_A_SECOND)
  await sleep(QUIET)
  await quiet.stop()
  const beside = startReaders(web.url, tokens, READS_A_SECOND)
  const looks = await lookAtAll(
    web.url,
    media.map(({ id }) => id),
  )
  await beside.stop()
  await web.end()
  await stub.stop()
  return [
    { what: 'bombs that are looked at', value: looks.count, unit: '' },
    { what: '… and neither shown nor refused', value: looks.other(302, 404), unit: '', atMost: 0 },
    { what: '… the middle one is done with after', value: looks.share(0.5) / 1000, unit: 's' },
    { what: '… the last one', value: looks.share(1) / 1000, unit: 's', atMost: 190 },
    {
      what: 'p95 of a home timeline meanwhile to that without',
      value: beside.latencies.share(0.95) / quiet.latencies.share(0.95),
      unit: '×',
      atMost: 1.1,
    },
    {
      what: 'home timelines that failed',
      value: quiet.latencies.other(200) + beside.latencies.other(200),
      unit: '',
      atMost: 0,
    },
  ]
}
