import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { createToken } from '#core/auth/create-token'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { beginFeed, fillFeed, homeKey, readFeed } from '#core/timelines/feed-store'
import { rows } from '#platform/db'
import { openRedis } from '#platform/redis'
import { makeCommunity } from './support/community.ts'
import type { Measure } from './support/measure.ts'
import { startWeb } from './support/process.ts'

const WRITERS = 8
const SECONDS = 15
const FOLLOWERS = 10_000
const PATIENCE = 60_000

const ctx: Ctx = { actor: { kind: 'operator' }, remote: nowhere }
const tokenOf = async (username: string): Promise<string> =>
  (await createToken(ctx, { username, scopes: ['read', 'write'] })).token

type Posted = { id: string; at: number }

async function write(url: string, token: string, status: string): Promise<Posted> {
  const answer = await fetch(`${url}/api/v1/statuses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ status }),
  })
  if (!answer.ok) throw new Error(`a post was not taken: ${answer.status} ${await answer.text()}`)
  return { id: ((await answer.json()) as { id: string }).id, at: performance.now() }
}

const consequences = `SELECT count(*)::int AS count FROM owed_work WHERE kind = 'fact' AND dead_at IS NULL`

/** Writes as fast as answers come; then how long until nothing that follows from it is left. */
async function flood(url: string, tokens: readonly string[]) {
  const end = performance.now() + SECONDS * 1000
  const writer = async (token: string) => {
    let count = 0
    for (; performance.now() < end; count += 1)
      await write(url, token, `post ${count} of ${token.slice(0, 4)}`)
    return count
  }
  const began = performance.now()
  const counts = await Promise.all(tokens.map(writer))
  const seconds = (performance.now() - began) / 1000
  const written = performance.now()
  while (((await rows<{ count: number }>({}, consequences))[0]?.count ?? 0) > 0) await sleep(50)
  return {
    each: counts.reduce((sum, one) => sum + one, 0) / seconds,
    behind: (performance.now() - written) / 1000,
  }
}

/** Makes everybody here follow somebody and gives the homes of all of them, each as of a member who was here lately. */
async function homesOf(author: string): Promise<string[]> {
  await rows(
    {},
    `INSERT INTO follows (follower_id, followed_id, state)
     SELECT u.account_id, s.id, 'accepted' FROM users AS u, accounts AS s
     WHERE s.username = $1 AND s.domain IS NULL AND u.account_id <> s.id ON CONFLICT DO NOTHING`,
    [author],
  )
  const followers = await rows<{ id: string }>(
    {},
    `SELECT f.follower_id AS id FROM follows AS f JOIN accounts AS s ON s.id = f.followed_id
     WHERE s.username = $1 ORDER BY f.id LIMIT $2`,
    [author, FOLLOWERS],
  )
  const homes = followers.map(({ id }) => homeKey(id))
  for (const home of homes) {
    await beginFeed(home)
    await fillFeed(home, [])
  }
  return homes
}

const isIn = async (home: string, id: string): Promise<boolean> =>
  Boolean((await readFeed(home, { limit: 40 }))?.some((entry) => entry.id === id))

/** How long a post needs into the last of these homes. */
async function reach(url: string, token: string, homes: readonly string[]): Promise<number> {
  const { id, at } = await write(url, token, 'to everybody')
  for (;;) {
    // Homes are filled in order; asking all of them again and again would take longer than filling them.
    while (!(await isIn(homes.at(-1)!, id))) {
      if (performance.now() - at > PATIENCE) throw new Error('the last home never got the post')
      await sleep(5)
    }
    const seen = performance.now()
    const all = await Promise.all(homes.map((home) => isIn(home, id)))
    if (all.every(Boolean)) return (seen - at) / 1000
  }
}

/**
 * Posting over HTTP with everything that follows (feeds, notifications, streams, search, deliveries), Kith on one core:
 * posts each second, how far what follows is behind when the last is answered, and how long a post needs to the home of the
 * last of 10,000 followers.
 */
export async function measure(): Promise<Measure[]> {
  await openRedis()
  await makeCommunity({ accounts: FOLLOWERS + 1000, posts: 20_000, follows: 100_000 }, 0)
  const names = await rows<{ username: string }>(
    {},
    `SELECT username FROM accounts JOIN users ON users.account_id = accounts.id
     WHERE followers_count BETWEEN 5 AND 100 ORDER BY accounts.id LIMIT $1`,
    [WRITERS + 1],
  )
  const [author = '', ...writers] = names.map(({ username }) => username)
  const kith = await startWeb({ KITH_ROLE: 'all', KITH_RATE_FACTOR: '1000' })
  execFileSync('taskset', ['-acp', '0', String(kith.pid)])
  const tokens = await Promise.all(writers.map(tokenOf))
  await flood(kith.url, tokens.slice(0, 2))
  const { each, behind } = await flood(kith.url, tokens)
  const homes = await homesOf(author)
  const seconds = await reach(kith.url, await tokenOf(author), homes)
  await kith.end()
  return [
    { what: 'posts each second, Kith on one core', value: each, unit: '/s', atLeast: 150 },
    { what: 'what follows is done after the last answer', value: behind, unit: 's', atMost: 1 },
    {
      what: `a post in the home of the last of ${homes.length.toLocaleString('en')} followers`,
      value: seconds,
      unit: 's',
      atMost: 2,
    },
  ]
}
