import { setTimeout as sleep } from 'node:timers/promises'
import { rows } from '#platform/db'
import { startHosts } from '#test/support/stub-hosts'
import type { StubServer } from '#test/support/stub-server'
import { makeCommunity } from './support/community.ts'
import type { Measure } from './support/measure.ts'
import { startWeb } from './support/process.ts'
import { startReaders } from './support/readers.ts'
import { sendAll } from './support/senders.ts'
import { watchStrain } from './support/strain.ts'

const RATE = Number(process.env.KITH_BENCH_RATE ?? 500)
const MINUTES = Number(process.env.KITH_BENCH_MINUTES ?? 1)
const HOSTS = 50
const READS_A_SECOND = 10
const PATIENCE = 30 * 60

const count = async (sql: string): Promise<number> =>
  (await rows<{ many: number }>({}, `SELECT count(*)::int AS many FROM ${sql}`))[0]?.many ?? Number.NaN

/** Somebody on each of these servers whom every member follows, and whose key is known. */
async function befriend(hosts: readonly StubServer[]): Promise<void> {
  const { publicKey } = (await (await fetch(hosts[0]!.actor('ann'))).json()) as {
    publicKey: { publicKeyPem: string }
  }
  await rows(
    {},
    `WITH made AS (
       INSERT INTO accounts (domain, username, uri, inbox_url, shared_inbox_url, followers_url, public_key_id, public_key_pem, fetched_at)
       SELECT d, 'ann', u, u || '/inbox', u || '/inbox', u || '/followers', u || '#main-key', $2, now() + interval '1 hour'
       FROM unnest($1::text[]) AS d, LATERAL (SELECT 'http://' || d || '/users/ann' AS u) AS named RETURNING id)
     INSERT INTO follows (follower_id, followed_id, state)
     SELECT u.account_id, made.id, 'accepted' FROM made, (SELECT account_id FROM users ORDER BY id LIMIT 5) AS u`,
    [hosts.map(({ domain }) => domain), publicKey.publicKeyPem],
  )
}

/** Waits until nothing of what was taken in waits any more; gives the seconds that took. */
async function settled(): Promise<number> {
  const began = performance.now()
  while ((performance.now() - began) / 1000 < PATIENCE) {
    if ((await count(`owed_work WHERE kind = 'inbox' AND dead_at IS NULL`)) === 0) break
    await sleep(1000)
  }
  return (performance.now() - began) / 1000
}

/**
 * posts come in at more than this machine can bear (500 a second from 50 servers, for KITH_BENCH_MINUTES), to one web process
 * and one worker, while people read. Who sends them takes a part of the same cores.
 */
export async function measure(): Promise<Measure[]> {
  const tokens = await makeCommunity({ accounts: 100, posts: 2000, follows: 2000 }, 20)
  const stubs = await startHosts()
  const hosts = stubs.hosts(0, HOSTS)
  await befriend(hosts)
  const usual = { KITH_RATE_FACTOR: process.env.KITH_BENCH_FACTOR ?? '1000' }
  const web = await startWeb(usual)
  const worker = await startWeb({ ...usual, KITH_ROLE: 'worker', KITH_ORIGIN: web.url })
  // Beforehand: to sign takes as long as to take in, and servers elsewhere have cores of their own.
  const signed = Array.from({ length: Math.ceil(RATE * 60 * MINUTES) }, (_, at) => {
    const stub = hosts[at % HOSTS]!
    return stub.sign(web.url, stub.activity('ann', 'Create', stub.note('ann', `note${at}`)))
  })
  const before = await count('posts WHERE uri IS NOT NULL')
  const readers = startReaders(web.url, tokens, READS_A_SECOND)
  const watch = watchStrain([web.pid!, worker.pid!])
  const sent = await sendAll(RATE, 60 * MINUTES, (at) => signed[at]!)
  await readers.stop()
  const seconds = await settled()
  await watch.stop()
  const kept = (await count('posts WHERE uri IS NOT NULL')) - before
  const dead = await count('owed_work WHERE dead_at IS NOT NULL')
  await Promise.all([worker.end(), web.end()])
  await stubs.stop()
  const { accepted, refused } = sent
  const { memory, sockets, connections } = watch.strain
  const what = `${RATE} posts a second`
  if (refused.other(429, 503) > 0) console.error(JSON.stringify(refused.outcomes))
  return [
    { what: `${what}: accepted each second`, value: accepted.count / (60 * MINUTES), unit: '/s' },
    { what: `${what}: accepted and not there at the end`, value: accepted.count - kept, unit: '', atMost: 0 },
    { what: `${what}: dead letters`, value: dead, unit: '', atMost: 0 },
    { what: `${what}: all of them there after the last`, value: seconds, unit: 's', atMost: PATIENCE },
    { what: `${what}: refused each second`, value: refused.count / (60 * MINUTES), unit: '/s' },
    { what: `${what}: … neither by 429 nor by 503`, value: refused.other(429, 503), unit: '', atMost: 0 },
    { what: `${what}: … without Retry-After`, value: sent.withoutPause, unit: '', atMost: 0 },
    ...(refused.count > 0
      ? [
          { what: `${what}: the middle refusal after`, value: refused.share(0.5), unit: 'ms' },
          { what: `${what}: p95 of the refusals`, value: refused.share(0.95), unit: 'ms', atMost: 50 },
        ]
      : []),
    {
      what: `${what}: p95 of a home timeline`,
      value: readers.latencies.share(0.95),
      unit: 'ms',
      atMost: 1000,
    },
    { what: `${what}: home timelines that failed`, value: readers.latencies.other(200), unit: '', atMost: 0 },
    { what: `${what}: the most memory of one process (RSS)`, value: memory, unit: 'MB', atMost: 1024 },
    { what: `${what}: the most sockets of one process`, value: sockets, unit: '', atMost: 1000 },
    { what: `${what}: the most connections of PostgreSQL`, value: connections, unit: '', atMost: 60 },
  ]
}
