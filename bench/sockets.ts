import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { createToken } from '#core/auth/create-token'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { seedCommunity } from '#core/seeding/seed-community'
import { rows } from '#platform/db'
import { migrate } from '#platform/migrate'
import type { Measure } from './support/measure.ts'
import { startWeb } from './support/process.ts'

const SOCKETS = 5000
const FOLLOWERS = 1000
const MEMBERS = 1400
const POSTS = 10
const AT_ONCE = 50

const ctx: Ctx = { actor: { kind: 'operator' }, remote: nowhere }

type Member = { id: string; username: string }

/** Makes up a community in which a thousand members follow one and those who are left do not. */
async function people(): Promise<{ author: string; followers: string[]; others: string[] }> {
  await migrate()
  await seedCommunity(ctx, { accounts: 3000, posts: 20_000, follows: 20_000 })
  const [author, ...members] = await rows<Member>(
    {},
    `SELECT a.id, a.username FROM accounts AS a JOIN users AS u ON u.account_id = a.id
     ORDER BY a.followers_count DESC LIMIT $1`,
    [MEMBERS + 1],
  )
  if (!author || members.length < MEMBERS) throw new Error('the community is too small')
  await rows({}, 'DELETE FROM follows WHERE followed_id = $1', [author.id])
  await rows(
    {},
    `INSERT INTO follows (follower_id, followed_id, state)
     SELECT id, $2, 'accepted' FROM unnest($1::bigint[]) AS m (id)`,
    [members.slice(0, FOLLOWERS).map(({ id }) => id), author.id],
  )
  const tokens: string[] = []
  for (const { username } of members)
    tokens.push((await createToken(ctx, { username, scopes: ['read'] })).token)
  const { token } = await createToken(ctx, { username: author.username, scopes: ['read', 'write'] })
  return { author: token, followers: tokens.slice(0, FOLLOWERS), others: tokens.slice(FOLLOWERS) }
}

/** Opens user streams with these tokens, some at a time. */
async function open(url: string, tokens: readonly string[]): Promise<WebSocket[]> {
  const address = `${url.replace('http', 'ws')}/api/v1/streaming?stream=user`
  const sockets: WebSocket[] = []
  for (let at = 0; at < tokens.length; at += AT_ONCE) {
    const some = tokens.slice(at, at + AT_ONCE).map((token) => new WebSocket(address, [token]))
    await Promise.all(some.map((socket) => once(socket, 'open')))
    sockets.push(...some)
  }
  return sockets
}

/** Proportional memory of a process, in KiB. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1])
}

/** Posts once, and gives how many milliseconds after the answer each of the sockets heard of it. */
async function post(url: string, token: string, sockets: readonly WebSocket[]): Promise<number[]> {
  const arrivals = sockets.map((socket) => once(socket, 'message').then(() => performance.now()))
  const answer = await fetch(`${url}/api/v1/statuses`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ status: `Hello to all of you, at ${new Date().toISOString()}` }),
  })
  if (!answer.ok) throw new Error(`a post was answered ${answer.status}: ${await answer.text()}`)
  const answered = performance.now()
  await answer.arrayBuffer()
  return (await Promise.all(arrivals)).map((arrived) => Math.max(0, arrived - answered))
}

/**
 * 5,000 open WebSockets of a streaming process, 1,000 of them of followers of one member, with web and worker beside it:
 * what an idle socket weighs, and how soon after its answer a post is with the followers.
 */
export async function measure(): Promise<Measure[]> {
  const { author, followers, others } = await people()
  const web = await startWeb()
  const beside = { KITH_ORIGIN: web.url }
  const streaming = await startWeb({ ...beside, KITH_ROLE: 'streaming' })
  const worker = await startWeb({ ...beside, KITH_ROLE: 'worker' })
  // What the first of everything loads is no socket's weight.
  for (const socket of await open(streaming.url, others.slice(0, AT_ONCE))) socket.close()
  await sleep(5000)
  const before = await memoryOf(streaming.pid)
  const idle = Array.from({ length: SOCKETS - FOLLOWERS }, (_, at) => others[at % others.length] ?? '')
  const rest = await open(streaming.url, idle)
  const concerned = await open(streaming.url, followers)
  await sleep(10_000)
  const after = await memoryOf(streaming.pid)
  await post(web.url, author, concerned)
  const delays: number[] = []
  for (let at = 0; at < POSTS; at += 1) {
    delays.push(...(await post(web.url, author, concerned)))
    await sleep(500)
  }
  const alive = [...rest, ...concerned].filter(({ readyState }) => readyState === WebSocket.OPEN).length
  for (const socket of [...rest, ...concerned]) socket.terminate()
  await Promise.all([streaming.end(), worker.end(), web.end()])
  const sorted = delays.toSorted((a, b) => a - b)
  const share = (part: number): number => sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN
  return [
    { what: 'open WebSockets after all of it', value: alive, unit: 'sockets', atLeast: SOCKETS },
    { what: 'memory of the streaming process without sockets (PSS)', value: before / 1024, unit: 'MB' },
    { what: '… with all of them', value: after / 1024, unit: 'MB' },
    { what: 'memory of an idle socket (PSS)', value: (after - before) / SOCKETS, unit: 'KiB', atMost: 40 },
    { what: 'a post to 1,000 of them after its answer, middle', value: share(0.5), unit: 'ms' },
    { what: '… the slowest of a hundred (p99)', value: share(0.99), unit: 'ms', atMost: 1000 },
  ]
}
