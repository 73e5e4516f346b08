import { performance } from 'node:perf_hooks'
import { Client } from 'pg'
import { stores } from '#config/stores'
import type { KithProcess } from '#test/support/kiths'
import type { Measure } from './support/measure.ts'
import { median, startWeb } from './support/process.ts'

const LARGE = Number(process.env.KITH_BENCH_POSTS ?? 1_000_000)
const SMALL = 10_000
const MEMBERS = 60
const ROUNDS = 5

/** Common words and rare ones, together, without each other, and with what a post has. */
const words = [
  'coffee',
  'morning',
  'the',
  'garden rain',
  '"good morning"',
  'coffee -morning',
  'is:reply coffee',
  'language:de',
  'has:poll',
  'xylophone',
]

/** One community: a Kith that serves it, somebody's tokens, and the pages that are asked for. */
type Town = { kith: KithProcess; tokens: string[]; pages: Record<string, string[]> }

async function ask<T extends object>(database: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: database })
  await client.connect()
  try {
    return (await client.query<T>(sql, values)).rows
  } finally {
    await client.end()
  }
}

async function settle(name: string, posts: number): Promise<Town> {
  await ask(stores.database, `CREATE DATABASE ${name}`)
  const url = new URL(stores.database)
  url.pathname = `/${name}`
  const database = url.href
  const kith = await startWeb({ DATABASE_URL: database })
  await kith.cli('seed', '--accounts', '1000', '--posts', String(posts), '--follows', '50000')
  await kith.cli('search', 'index', 'build')
  const members = await ask<{ username: string }>(
    database,
    'SELECT username FROM accounts WHERE posts_count > 0 ORDER BY following_count DESC LIMIT $1',
    [MEMBERS],
  )
  const tokens: string[] = []
  for (const { username } of members.slice(0, 12)) tokens.push(await kith.cli('tokens', 'create', username))
  return { kith, tokens, pages: await pagesOf(database) }
}

async function pagesOf(database: string): Promise<Town['pages']> {
  const accounts = await ask<{ id: string }>(
    database,
    'SELECT id FROM accounts WHERE posts_count > 20 ORDER BY id LIMIT $1',
    [MEMBERS],
  )
  const tags = await ask<{ name: string }>(
    database,
    `SELECT h.name FROM hashtags AS h JOIN post_hashtags AS p ON p.hashtag_id = h.id
     GROUP BY h.id ORDER BY count(*) DESC, h.name LIMIT 10`,
  )
  // Threads of one size: a longer one costs more in a small community, too.
  const threads = await ask<{ id: string }>(
    database,
    `SELECT max(id) AS id FROM posts WHERE boost_of_id IS NULL AND visibility = 'public' GROUP BY thread_id
     HAVING count(*) BETWEEN 5 AND 8 ORDER BY thread_id DESC LIMIT $1`,
    [MEMBERS],
  )
  return {
    home: ['/api/v1/timelines/home'],
    local: ['/api/v1/timelines/public?local=true'],
    hashtag: tags.map(({ name }) => `/api/v1/timelines/tag/${encodeURIComponent(name)}`),
    account: accounts.map(({ id }) => `/api/v1/accounts/${id}/statuses`),
    search: words.map((word) => `/api/v2/search?type=statuses&q=${encodeURIComponent(word)}`),
    thread: threads.map(({ id }) => `/api/v1/statuses/${id}/context`),
  }
}

/** Milliseconds of one request, its body read. */
async function time({ kith, tokens }: Town, path: string, turn: number): Promise<number> {
  const began = performance.now()
  const answer = await fetch(kith.url + path, {
    headers: { authorization: `Bearer ${tokens[turn % tokens.length]}` },
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${path} gave ${answer.status}`)
  return performance.now() - began
}

/** How many times as long the middle request takes in the large community; the two are asked in turns. */
async function compare(large: Town, small: Town, page: string): Promise<number> {
  const times: [number[], number[]] = [[], []]
  for (let turn = -MEMBERS; turn < MEMBERS * ROUNDS; turn += 1) {
    for (const [at, town] of [large, small].entries()) {
      const paths = town.pages[page] ?? []
      const index = turn + MEMBERS
      const took = await time(town, paths[index % paths.length] ?? '', index)
      // The first round fills caches.
      if (turn >= 0) times[at]?.push(took)
    }
  }
  return median(times[0]) / median(times[1])
}

/** How the middle time of each kind of page grows from 10,000 to 1,000,000 posts. */
export async function measure(): Promise<Measure[]> {
  const small = await settle('small', SMALL)
  const large = await settle('large', LARGE)
  const measures: Measure[] = []
  for (const page of Object.keys(small.pages)) {
    const ratio = await compare(large, small, page)
    const what = `p50 of ${page} at ${LARGE.toLocaleString('en')} posts to that at ${SMALL.toLocaleString('en')}`
    measures.push({ what, value: ratio, unit: '×', atMost: 1.3 })
  }
  await Promise.all([small.kith.end(), large.kith.end()])
  return measures
}
