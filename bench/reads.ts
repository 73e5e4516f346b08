import autocannon, { type Request } from 'autocannon'
import { row, rows } from '#platform/db'
import { makeCommunity } from './support/community.ts'
import type { Measure } from './support/measure.ts'
import { median, startChild, startWeb } from './support/process.ts'

const ROUNDS = 3
const SECONDS = 5
const CONNECTIONS = 8
const MEMBERS = 400

/** What is read, how long a list it is, and its goal: a share of what a bare handler gives, in percent. */
const reads = [
  { what: 'home timeline', path: () => '/api/v1/timelines/home?limit=20', length: 20, atLeast: 25 },
  { what: 'public timeline', path: () => '/api/v1/timelines/public?limit=20', length: 20, atLeast: 35 },
  { what: 'single status', path: (id: string) => `/api/v1/statuses/${id}`, atLeast: 50 },
  { what: 'notifications', path: () => '/api/v1/notifications?limit=20', length: 20, atLeast: 20 },
]

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Requests each second; every connection speaks for members of its own. */
async function rate(url: string, requests: Request[]): Promise<number> {
  let connection = 0
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    setupClient: (client) => {
      const first = connection++
      client.setRequests(requests.filter((_, at) => at % CONNECTIONS === first % CONNECTIONS))
    },
  })
  const bad = result.non2xx + result.errors
  if (bad > 0) throw new Error(`${bad} bad answers and errors from ${url}`)
  return result['2xx'] / result.duration
}

/** Reads everything twice, after which it is kept; gives the mean size of an answer. */
async function warm(url: string, requests: Request[], length: number | undefined): Promise<number> {
  let bytes = 0
  for (const { path, headers } of [...requests, ...requests]) {
    const answer = await fetch(url + path, { headers: headers ?? {} })
    const body = await answer.text()
    if (!answer.ok || (length && JSON.parse(body).length !== length))
      throw new Error(`${path} is not full: ${answer.status} ${body}`)
    bytes += Buffer.byteLength(body)
  }
  return Math.round(bytes / requests.length / 2)
}

/** Tells every member of thirty posts of others. */
const notifyMembers = (): Promise<unknown> =>
  rows(
    {},
    `INSERT INTO notifications (account_id, kind, from_id, post_id)
     SELECT u.account_id, 'mention', p.author_id, p.id FROM users AS u
       CROSS JOIN LATERAL (SELECT id, author_id FROM posts WHERE author_id <> u.account_id AND boost_of_id IS NULL
         AND visibility = 'public' ORDER BY id DESC LIMIT 30) AS p
     ON CONFLICT DO NOTHING`,
  )

async function shares(kith: string, requests: Request[], length: number | undefined) {
  const bytes = await warm(kith, requests, length)
  const bare = await startChild('bare-server.ts', String(bytes))
  const post = await row<{ id: string }>({}, 'SELECT id FROM posts ORDER BY id DESC LIMIT 1')
  const ones = Array.from({ length: CONNECTIONS }, () => ({ path: `/posts/${post?.id}` }))
  const found: number[] = []
  try {
    await rate(bare.url, ones)
    await rate(kith, requests)
    for (let round = 0; round < ROUNDS; round += 1) {
      const least = await rate(bare.url, ones)
      found.push(((await rate(kith, requests)) / least) * 100)
    }
  } finally {
    bare.child.kill()
  }
  return { share: median(found), bytes }
}

/**
 * What members read most, warm, over HTTP, at 1,000 accounts and 100,000 posts: requests each second as a share of what a
 * bare Express handler with one primary-key query and a body of the same size gives.
 */
export async function measure(): Promise<Measure[]> {
  const tokens = await makeCommunity({ accounts: 1000, posts: 100_000, follows: 50_000 }, MEMBERS)
  await notifyMembers()
  await rows({}, 'ANALYZE')
  const newest = await rows<{ id: string }>(
    {},
    `SELECT id FROM posts WHERE visibility = 'public' AND boost_of_id IS NULL ORDER BY id DESC LIMIT 20`,
  )
  // So that nobody meets their limit.
  const kith = await startWeb({ KITH_RATE_FACTOR: '100' })
  const measured: Measure[] = []
  for (const { what, path, length, atLeast } of reads) {
    const requests = tokens.map((token, at) => ({
      path: path(newest[at % newest.length]?.id ?? ''),
      headers: bearer(token),
    }))
    const { share, bytes } = await shares(kith.url, requests, length)
    const size = (bytes / 1024).toFixed(1)
    measured.push({
      what: `${what} (${size} KiB) as a share of a bare handler`,
      value: share,
      unit: '%',
      atLeast,
    })
  }
  await kith.end()
  return measured
}
