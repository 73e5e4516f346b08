import { createPrivateKey, sign } from 'node:crypto'
import { instance } from '#config/instance'
import type { RequestSnapshot, Scheme } from '#federation/signatures/signature'
import { fedifyLane } from '#test/support/fedify-lane'
import { dice, mutateText, rounds, seedOf } from '#test/support/fuzz'
import { activities, ann } from '#test/support/lane-mutations'
import { isTaken, kithLane, signedDelivery } from '#test/support/lanes'
import { closeListeners } from '#test/support/listener'
import { startPayloadWorld } from '#test/support/payload-world'
import { sha } from '#test/support/sign-by-hand'

const world = await startPayloadWorld()
world.person(ann)
const fedify = fedifyLane((address) => world.answer(address))
const keyId = `${ann}#stub-key`

afterAll(async () => {
  world[Symbol.dispose]()
  await closeListeners()
})

type Headers = RequestSnapshot['headers']
const body = Buffer.from(JSON.stringify(activities(1)[2]))
const delivery = (scheme: Scheme = 'cavage') =>
  signedDelivery(body, { keyId, privateKeyPem: world.privateKeyPem, scheme })
const host = new URL(instance.origin).host
const seconds = (offset = 0) => Math.floor(Date.now() / 1000) + offset
const moment = (offset = 0) => new Date(Date.now() + offset * 1000).toUTCString()
const digest = `SHA-256=${sha(256, body)}`

/** A delivery of draft-cavage over lines that the test names itself. */
function cavage(
  lines: [string, string | number][],
  parameters: Record<string, unknown> = {},
): RequestSnapshot {
  const base = lines.map(([name, value]) => `${name}: ${value}`).join('\n')
  const all = {
    keyId: `"${keyId}"`,
    algorithm: '"rsa-sha256"',
    headers: `"${lines.map(([name]) => name).join(' ')}"`,
    signature: `"${sign('sha256', Buffer.from(base), createPrivateKey(world.privateKeyPem)).toString('base64')}"`,
    ...parameters,
  }
  const own = Object.fromEntries(
    lines.filter(([name]) => !name.startsWith('(')).map(([name, value]) => [name, String(value)]),
  )
  const signature = Object.entries(all)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(',')
  return {
    ...delivery(),
    headers: { 'content-type': 'application/activity+json', host, digest, date: moment(), ...own, signature },
  }
}
const target: [string, string] = ['(request-target)', 'post /inbox']
const usual = (offset = 0): [string, string | number][] => [
  target,
  ['host', host],
  ['date', moment(offset)],
  ['digest', digest],
]
const change = (headers: (all: Headers) => Headers, scheme: Scheme = 'cavage'): RequestSnapshot => {
  const request = delivery(scheme)
  return { ...request, headers: headers(request.headers) }
}
const twice = (name: string, scheme: Scheme = 'cavage') =>
  change((all) => ({ ...all, [name]: [String(all[name]), String(all[name])] }), scheme)
const without = (name: string, scheme: Scheme = 'cavage') =>
  change((all) => ({ ...all, [name]: undefined }), scheme)

const capitals = '"(Request-Target) Host Date Digest"'
const withCreated = () =>
  cavage([target, ['(created)', seconds()], ['host', host], ['digest', digest]], {
    algorithm: '"hs2019"',
    created: seconds(),
  })
const expired = () =>
  cavage([...usual(), ['(expires)', seconds(-60)]], { algorithm: '"hs2019"', expires: seconds(-60) })

test.each<[string, () => RequestSnapshot, boolean]>([
  ['as it should be', () => delivery(), true],
  ['as it should be, by RFC 9421', () => delivery('rfc9421'), true],
  ['in another order', () => cavage(usual().toReversed()), true],
  ['with hs2019', () => cavage(usual(), { algorithm: '"hs2019"' }), true],
  ['without a digest', () => without('digest'), false],
  ['without a content digest', () => without('content-digest', 'rfc9421'), false],
  ['without a date', () => without('date'), false],
  ['with two dates', () => twice('date'), false],
  ['with two hosts', () => twice('host'), false],
  ['with two digests', () => twice('digest'), false],
  ['two hours old', () => cavage(usual(-7200)), false],
  ['of two hours ahead', () => cavage(usual(7200)), false],
  ['that does not cover the digest', () => cavage(usual().slice(0, 3)), false],
  ['that does not cover the target', () => cavage(usual().slice(1)), false],
  ['that covers no time', () => cavage(usual().filter(([name]) => name !== 'date')), false],
  ['that has expired', expired, false],
])('lanes: a delivery %s is judged by Kith as by Fedify', async (_what, request, isGood) => {
  const sent = request()
  const [kith, plain] = [await kithLane(sent), await fedify(sent)]
  expect([isTaken(kith), isTaken(plain)]).toEqual([isGood, isGood])
})

test.each<[string, () => RequestSnapshot, boolean]>([
  ['federation rule 9, for another host', () => cavage(usual().with(1, ['host', 'other.example'])), false],
  ['federation rule 3, without the host', () => cavage(usual().filter(([name]) => name !== 'host')), false],
  ['federation rule 12, with two signatures of draft-cavage', () => twice('signature'), false],
  ['wire 3.1, with (created) in place of the date', withCreated, true],
  ['wire 3.1, with names of headers in capitals', () => cavage(usual(), { headers: capitals }), true],
])('lanes: %s: Kith judges it by its rule, Fedify does not', async (_what, request, isGood) => {
  const sent = request()
  const [kith, plain] = [await kithLane(sent), await fedify(sent)]
  expect([isTaken(kith), isTaken(plain)]).toEqual([isGood, !isGood])
})

/** The same with what need not be quoted as it is, and names of headers in small letters: the draft lets both be written so. */
const unquoted = (value: string): string =>
  value.replace(/\\(.)/g, '$1').replace(/headers="[^"]*"/, (names) => names.toLowerCase())

// Only the other way round is there a rule for it (rules 2 to 13): what Fedify refuses is nothing for Kith either.
test.each(['cavage', 'rfc9421'] as const)(
  'lanes: of many mutants of a %s request Kith takes none that Fedify refuses',
  async (scheme) => {
    const seed = seedOf(7)
    const die = dice(seed)
    let taken = 0
    for (let round = 0; round < rounds(150); round++) {
      const request = delivery(scheme)
      const name = die.pick(
        ['signature', 'signature', 'signature-input', 'digest', 'content-digest', 'date', 'host'].filter(
          (each) => each in request.headers,
        ),
      )
      const value = mutateText(String(request.headers[name]), die)
      // What is no header at all never reaches an inbox.
      if (/[^\t\x20-\xff]/.test(value)) continue
      const sent = { ...request, headers: { ...request.headers, [name]: value } }
      const [kith, plain] = [await kithLane(sent), await fedify(sent)]
      if (isTaken(kith)) taken++
      const isMore = isTaken(kith) && !isTaken(plain) && unquoted(value) !== request.headers[name]
      expect({ seed, round, name, value, isMore }).toMatchObject({ isMore: false })
    }
    expect(taken).toBeGreaterThan(0)
  },
  300_000,
)
