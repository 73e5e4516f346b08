import { readFile } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { row } from '#platform/db'
import { file } from '#test/factories/medium'
import { makeCommunity } from './support/community.ts'
import { Latencies } from './support/latencies.ts'
import type { Measure } from './support/measure.ts'
import { startWeb } from './support/process.ts'
import { startReaders } from './support/readers.ts'

const HOSTS_A_MINUTE = Number(process.env.KITH_BENCH_HOSTS ?? 5000)
const MINUTES = Number(process.env.KITH_BENCH_MINUTES ?? 1)
const READS_A_SECOND = 20
const REPLIES = 60
const WINDOW = 10
// PostgreSQL counts what a connection did when it has been idle for so long.
const COUNTED_AFTER = 11_000

const accept = 'application/activity+json'
const json = { 'content-type': 'application/json' }

async function call<T>(url: string, token: string, path: string, body: object | FormData): Promise<T> {
  const isForm = body instanceof FormData
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...(isForm ? {} : json) },
    body: isForm ? body : JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} gave ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

/** A post with a picture and many answers, and what a server that hears of it fetches. */
async function makePost(url: string, [author = '', ...others]: string[]): Promise<string[]> {
  const form = new FormData()
  form.set(
    'file',
    new Blob([await readFile((await file('photo.jpg')).path)], { type: 'image/jpeg' }),
    'photo.jpg',
  )
  const medium = await call<{ id: string }>(url, author, '/api/v2/media', form)
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${url}/api/v1/media/${medium.id}`, {
      headers: { authorization: `Bearer ${author}` },
    })
    if (answer.status === 200) break
    await sleep(100)
  }
  const post = await call<{ id: string; uri: string; media_attachments: { url: string }[] }>(
    url,
    author,
    '/api/v1/statuses',
    { status: 'Everybody will want to see this.', media_ids: [medium.id] },
  )
  for (let at = 0; at < REPLIES; at += 1)
    await call(url, others[at % others.length] ?? author, '/api/v1/statuses', {
      status: `Answer ${at}: I see it, too.`,
      in_reply_to_id: post.id,
    })
  const object = new URL(post.uri).pathname
  const actor = object.replace(/\/posts\/.*$/, '')
  const picture = new URL(post.media_attachments[0]?.url ?? '').pathname
  // The key is part of the actor; what the context says stands in each document, and that of others nobody asks us for.
  return [object, actor, actor, `${object}/replies`, `${object}/replies/page/0`, picture]
}

/** A server comes with a connection of its own, asks for one thing after another, and goes. */
async function visit(url: string, paths: readonly string[], at: number, latencies: Latencies): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const keyId = `https://h${at}.example/actor#main-key`
  const headers = {
    accept,
    signature: `keyId="${keyId}",headers="(request-target) host date",signature="none"`,
  }
  for (const path of paths) {
    const began = performance.now()
    const status = await new Promise<number | string>((resolve) =>
      get(url + path, { agent, headers }, (answer) => {
        answer.on('end', () => resolve(answer.statusCode ?? 0)).on('error', () => resolve('broken'))
        answer.resume()
      }).on('error', () => resolve('broken')),
    )
    latencies.note(status, began)
  }
  agent.destroy()
}

/** How much PostgreSQL was asked so far. */
async function queries(): Promise<number> {
  await sleep(COUNTED_AFTER)
  const found = await row<{ done: number }>(
    {},
    `SELECT (xact_commit + xact_rollback)::float AS done FROM pg_stat_database WHERE datname = current_database()`,
  )
  return found?.done ?? Number.NaN
}

/** So many servers a minute fetch all that belongs to the post, evenly; none waits for another. Gives the seconds that took. */
async function comeAll(
  url: string,
  paths: readonly string[],
  minutes: number,
  latencies: Latencies,
): Promise<number> {
  const began = performance.now()
  const visits: Promise<void>[] = []
  for (let at = 0; at < HOSTS_A_MINUTE * minutes; at += 1) {
    await sleep(Math.max(0, began + (at * 60_000) / HOSTS_A_MINUTE - performance.now()))
    visits.push(visit(url, paths, at, latencies))
  }
  await Promise.all(visits)
  return (performance.now() - began) / 1000
}

/**
 * one post that 5,000 servers fetch in a minute, with its author, key, answers and picture, each over a connection of its own,
 * without a cache in front, first alone and then with people who read meanwhile (50,000 in ten minutes with KITH_BENCH_MINUTES=10).
 */
export async function measure(): Promise<Measure[]> {
  const tokens = await makeCommunity({ accounts: 200, posts: 5000, follows: 5000 }, 50, ['read', 'write'])
  const web = await startWeb()
  const worker = await startWeb({ KITH_ROLE: 'worker', KITH_ORIGIN: web.url })
  const paths = await makePost(web.url, tokens)
  // Whoever only answers asks PostgreSQL nothing by himself: what is counted is the herd's.
  await worker.end()
  const first = await queries()
  const before = await queries()
  const counting = before - first
  const alone = await comeAll(web.url, paths, 1, new Latencies())
  const each = (((await queries()) - before - counting) * WINDOW) / alone / new Set(paths).size
  const quiet = startReaders(web.url, tokens, READS_A_SECOND)
  await sleep(10_000)
  await quiet.stop()
  const latencies = new Latencies()
  const readers = startReaders(web.url, tokens, READS_A_SECOND)
  const seconds = await comeAll(web.url, paths, MINUTES, latencies)
  await readers.stop()
  await web.end()
  const what = `${(HOSTS_A_MINUTE * MINUTES).toLocaleString('en')} hosts`
  return [
    { what: `${what}: requests answered each second`, value: latencies.count / seconds, unit: '/s' },
    { what: `${what}: p95 of an answer`, value: latencies.share(0.95), unit: 'ms', atMost: 300 },
    {
      what: `${what}: answers that are no 200`,
      value: (latencies.other(200) * 100) / latencies.count,
      unit: '%',
      atMost: 0.1,
    },
    {
      what: `${what}: queries for each distinct thing in ten seconds, in the first minute`,
      value: each,
      unit: '',
      atMost: 2,
    },
    {
      what: `${what}: p95 of a home timeline meanwhile`,
      value: readers.latencies.share(0.95),
      unit: 'ms',
      atMost: 500,
    },
    { what: `${what}: … and before`, value: quiet.latencies.share(0.95), unit: 'ms' },
    { what: `${what}: home timelines that failed`, value: readers.latencies.other(200), unit: '', atMost: 0 },
  ]
}
