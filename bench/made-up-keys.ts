import { rows } from '#platform/db'
import { startHosts } from '#test/support/stub-hosts'
import { makeCommunity } from './support/community.ts'
import type { Measure } from './support/measure.ts'
import { startWeb } from './support/process.ts'
import { sendAll } from './support/senders.ts'

const RATE = Number(process.env.KITH_BENCH_RATE ?? 1000)
const MINUTES = Number(process.env.KITH_BENCH_MINUTES ?? 1)
const GOOD_A_SECOND = 10
const SLOW = 500

/**
 * somebody posts 1,000 activities a second, each with a key id of its own on a server of theirs that takes its time, while another
 * server sends what it always does. The signature is good each time and made once a second, as that is their work, not ours.
 */
export async function measure(): Promise<Measure[]> {
  await makeCommunity({ accounts: 20, posts: 100, follows: 100 }, 1)
  const stubs = await startHosts()
  const [evil, good] = [stubs.host(0), stubs.host(1)]
  const web = await startWeb({ KITH_RATE_FACTOR: '1' })
  await know(good.actor('ann'))
  evil.documentDelay = SLOW
  const seconds = 60 * MINUTES
  let signed = evil.sign(web.url, evil.activity('eve', 'Like', 'https://a.example/1'))
  const [attack, fine] = await Promise.all([
    sendAll(RATE, seconds, (at) => {
      if (at % RATE === 0) signed = evil.sign(web.url, evil.activity('eve', 'Like', 'https://a.example/1'))
      const signature = (signed.headers.signature ?? '').replace('/users/eve#', `/users/x${at}#`)
      return { ...signed, headers: { ...signed.headers, signature } }
    }),
    sendAll(
      GOOD_A_SECOND,
      seconds,
      () => good.sign(web.url, good.activity('ann', 'Like', 'https://a.example/1')),
      '127.0.0.2',
    ),
  ])
  const fetches = [...evil.asked.values()].reduce((sum, times) => sum + times, 0)
  await web.end()
  await stubs.stop()
  const what = `${RATE} new keys a second`
  return [
    {
      what: `${what}: answered each second`,
      value: (attack.refused.count + attack.accepted.count) / seconds,
      unit: '/s',
    },
    {
      what: `${what}: neither 401, 429 nor 503`,
      value: attack.refused.other(401, 429, 503),
      unit: '',
      atMost: 0,
    },
    { what: `${what}: 429 and 503 without Retry-After`, value: attack.withoutPause, unit: '', atMost: 0 },
    { what: `${what}: keys fetched each second`, value: fetches / seconds, unit: '/s', atMost: 5 },
    { what: `${what}: … at a time at most`, value: evil.mostAsked, unit: '', atMost: 10 },
    { what: `${what}: p95 of the good server`, value: fine.accepted.share(0.95), unit: 'ms', atMost: 1000 },
    { what: `${what}: … of which was refused`, value: fine.refused.count, unit: '', atMost: 0 },
  ]
}

/** An account with its key, as after its first activity. */
async function know(uri: string): Promise<void> {
  const { publicKey } = (await (await fetch(uri)).json()) as {
    publicKey: { id: string; publicKeyPem: string }
  }
  await rows(
    {},
    `INSERT INTO accounts (domain, username, uri, inbox_url, public_key_id, public_key_pem, fetched_at)
     VALUES ($1, 'ann', $2, $2 || '/inbox', $3, $4, now())`,
    [new URL(uri).host, uri, publicKey.id, publicKey.publicKeyPem],
  )
}
