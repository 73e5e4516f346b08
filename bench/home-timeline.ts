import autocannon, { type Request } from 'autocannon'
import { row } from '#platform/db'
import { makeCommunity } from './support/community.ts'
import type { Measure } from './support/measure.ts'
import { median, startBare, startWeb } from './support/process.ts'

const ROUNDS = 3
const SECONDS = 6
const CONNECTIONS = 8
const MEMBERS = 400
const path = '/api/v1/timelines/home?limit=20'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Requests each second; every connection speaks for its own members, so that none meets its limit. */
async function rate(url: string, requests: Request[]): Promise<number> {
  let connection = 0
  const {
    '2xx': good,
    non2xx,
    errors,
    duration,
  } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    setupClient: (client) => {
      const first = connection++
      client.setRequests(requests.filter((_, at) => at % CONNECTIONS === first % CONNECTIONS))
    },
  })
  if (non2xx + errors > 0) throw new Error(`${non2xx} bad answers and ${errors} errors from ${url}`)
  return good / duration
}

/** Reads all homes once, which builds their feeds; gives the mean size of an answer. */
async function warm(url: string, tokens: readonly string[]): Promise<number> {
  let bytes = 0
  for (const token of tokens) {
    const answer = await fetch(url + path, { headers: bearer(token) })
    const body = await answer.text()
    if (!answer.ok || JSON.parse(body).length !== 20)
      throw new Error(`a home is not full: ${answer.status} ${body}`)
    bytes += Buffer.byteLength(body)
  }
  return Math.round(bytes / tokens.length)
}

/**
 * The home timeline, 20 posts, warm, over HTTP, at 1,000 accounts and 100,000 posts: requests each second as a share of
 * what a bare Express handler with one primary-key query and a body of the same size gives.
 */
export async function measure(): Promise<Measure[]> {
  const tokens = await makeCommunity({ accounts: 1000, posts: 100_000, follows: 50_000 }, MEMBERS)
  const kith = await startWeb()
  const bytes = await warm(kith.url, tokens)
  const bare = await startBare(bytes)
  const post = await row<{ id: string }>({}, 'SELECT id FROM posts ORDER BY id DESC LIMIT 1')
  const homes = tokens.map((token) => ({ path, headers: bearer(token) }))
  const ones = Array.from({ length: CONNECTIONS }, () => ({ path: `/posts/${post?.id}` }))
  await rate(bare.url, ones)
  await rate(kith.url, homes)
  const shares: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const least = await rate(bare.url, ones)
    shares.push((await rate(kith.url, homes)) / least)
  }
  bare.child.kill()
  await kith.end()
  return [
    {
      what: 'home timeline as a share of a bare handler',
      value: median(shares) * 100,
      unit: '%',
      atLeast: 15,
    },
    { what: 'size of its answer', value: bytes / 1024, unit: 'KiB' },
  ]
}
