import { createHash, createPublicKey, verify } from 'node:crypto'
import { keysOf } from '#core/accounts/account-keys'
import { rotateKey } from '#core/accounts/rotate-key'
import { createPost } from '#core/posts/create-post'
import { signatureBases } from '#federation/signatures/signature-base'
import { shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { type Arrival, startStub, type StubServer } from '#test/support/stub-server'

const DAY = 86_400_000

let alice: Member
let stub: StubServer
beforeEach(async () => {
  stub = await startStub()
  ;({ alice } = await cast('alice'))
  await follow(await stubActor(stub, 'ann'), alice)
})
afterEach(async () => {
  shiftClock(0)
  await stub.stop()
})

const all = () => settle({ except: ['schedule'] })
// Each failure looks like the first in a while, so that no breaker opens.
const again = async () => {
  await rows({}, `UPDATE instances SET recent_failures = 0, openings = 0, paused_until = NULL`)
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'delivery' AND dead_at IS NULL`)
  await all()
}
const ofPosts = () => stub.arrivals.filter(({ type }) => type === 'Create')
const signatureOf = ({ headers }: Arrival) => /signature="([^"]+)"/.exec(String(headers.signature))![1]!

/** Was this request signed with the key that is in force now? */
async function isSignedNow({ headers, path, activity }: Arrival): Promise<boolean> {
  const { publicPem } = await keysOf(alice.account.id)
  const components = /headers="([^"]+)"/.exec(String(headers.signature))![1]!.split(' ')
  const request = {
    method: 'POST',
    url: stub.origin + path,
    headers: headers as Record<string, string>,
    rawBody: Buffer.from(JSON.stringify(activity)),
    now: new Date(),
  }
  const parts = { scheme: 'cavage' as const, components, parameters: '', keyId: '', algorithm: '' }
  const signature = Buffer.from(signatureOf({ headers } as Arrival), 'base64')
  const [base] = signatureBases(request, { ...parts, signature })
  return verify('sha256', Buffer.from(base!), createPublicKey(publicPem), signature)
}

test('R-050: a delivery that is tried again after three days has date, digest and signature of that day, and a key that was replaced meanwhile', async () => {
  stub.status = 500
  await as(alice, createPost, { text: 'one' })
  await all()
  const [first] = ofPosts()
  const before = (await keysOf(alice.account.id)).publicPem
  expect(await isSignedNow(first!)).toBe(true)
  await rotateKey(alice.ctx)
  expect((await keysOf(alice.account.id)).publicPem).not.toBe(before)
  expect(await isSignedNow(first!)).toBe(false)
  shiftClock(3 * DAY)
  stub.status = 202
  await again()
  const last = ofPosts().at(-1)!
  expect(ofPosts()).toHaveLength(2)
  expect(last.activity).toEqual(first!.activity)
  const apart = Date.parse(String(last.headers.date)) - Date.parse(String(first!.headers.date))
  expect(Math.round(apart / DAY)).toBe(3)
  const digest = createHash('sha256').update(JSON.stringify(last.activity)).digest('base64')
  expect(last.headers.digest).toBe(`SHA-256=${digest}`)
  expect(signatureOf(last)).not.toBe(signatureOf(first!))
  expect(await isSignedNow(last)).toBe(true)
})

test('R-050: whoever replaces a key tells those who know the member, signed with the new one', async () => {
  await keysOf(alice.account.id)
  await rotateKey(alice.ctx)
  await all()
  const told = stub.arrivals.find(({ type }) => type === 'Update')!
  const { publicPem } = await keysOf(alice.account.id)
  expect(told.activity.object).toMatchObject({ publicKey: { publicKeyPem: publicPem } })
  expect(await isSignedNow(told)).toBe(true)
})

type Knock = 'cavage' | 'rfc9421'
const schemeOf = ({ headers }: Arrival): Knock => (headers['signature-input'] ? 'rfc9421' : 'cavage')
const remembered = async () =>
  (
    await rows<{ scheme: string | null; days: number | null }>(
      {},
      `SELECT signature_scheme AS scheme, extract(epoch FROM now() - scheme_learned_at) / 86400 AS days FROM instances`,
    )
  ).map(({ scheme, days }) => [scheme, days === null ? null : Math.round(Number(days))])
const learnedBefore = (days: number) =>
  rows({}, `UPDATE instances SET scheme_learned_at = now() - make_interval(days => $1)`, [days])

test.each<[Knock, Knock[], unknown[]]>([
  ['cavage', ['cavage'], []],
  ['rfc9421', ['cavage', 'rfc9421'], [['rfc9421', 0]]],
])(
  'R-051: a host that takes only %s is found by at most two requests, and gets one each from then on, for 30 days',
  async (only, knocks, kept) => {
    stub.takes = only
    const say = async (text: string) => {
      const before = ofPosts().length
      await as(alice, createPost, { text })
      await all()
      return ofPosts().slice(before).map(schemeOf)
    }
    expect(await say('one')).toEqual(knocks)
    expect((await remembered()).filter(([scheme]) => scheme !== null)).toEqual(kept)
    expect(await say('two')).toEqual([only])
    await learnedBefore(29)
    expect(await say('three')).toEqual([only])
    await learnedBefore(31)
    expect(await say('four')).toEqual(knocks)
    expect(await say('five')).toEqual([only])
    expect(await rows({}, `SELECT 1 FROM owed_work WHERE kind = 'delivery'`)).toEqual([])
  },
)

test('R-051: what is remembered of a host that then takes neither is forgotten, and found anew', async () => {
  stub.takes = 'rfc9421'
  await as(alice, createPost, { text: 'one' })
  await all()
  stub.takes = 'neither'
  await as(alice, createPost, { text: 'two' })
  await all()
  await again()
  expect((await remembered()).every(([scheme]) => scheme === null)).toBe(true)
  stub.takes = 'cavage'
  await again()
  expect(ofPosts().slice(-1).map(schemeOf)).toEqual(['cavage'])
})
