import { type KnownScheme, type SchemeMemory, doubleKnock } from '#federation/signatures/double-knock'
import type { Scheme } from '#federation/signatures/signature'

const host = 'remote.example'
const day = 86_400_000
const now = Date.parse('2026-03-04T10:11:12Z')

/** A host that answers each scheme with a status, and a memory to look into. */
const visit = (
  statuses: Record<Scheme, number>,
  known?: KnownScheme,
  headers: Record<string, string> = {},
) => {
  const table = new Map(known && [[host, known]])
  const memory: SchemeMemory = {
    find: async (name) => table.get(name),
    save: async (name, value) => void table.set(name, value),
    forget: async (name) => void table.delete(name),
  }
  const knocks: string[] = []
  const knock = async (scheme: Scheme, challenge?: { label: string }) => {
    knocks.push(challenge ? `${scheme} as ${challenge.label}` : scheme)
    return { status: statuses[scheme], headers }
  }
  const go = async () => (await doubleKnock(host, knock, memory, now)).status
  return { go, knocks, memory, known: () => table.get(host) }
}
const remembered = (scheme: Scheme, more = {}): KnownScheme => ({
  scheme,
  since: now - day,
  failures: 0,
  ...more,
})

test('a stranger gets draft-cavage, and when that works nothing else', async () => {
  const { go, knocks, known } = visit({ cavage: 202, rfc9421: 202 })
  expect([await go(), knocks, known()]).toEqual([202, ['cavage'], undefined])
})

test('a host that is known to take RFC 9421 gets that first', async () => {
  const { go, knocks } = visit({ cavage: 202, rfc9421: 202 }, remembered('rfc9421'))
  expect([await go(), knocks]).toEqual([202, ['rfc9421']])
})

test.each([400, 401, 403])(
  'rule 30: after %i the other scheme is tried once and remembered',
  async (status) => {
    const { go, knocks, known } = visit({ cavage: status, rfc9421: 202 })
    expect([await go(), knocks]).toEqual([202, ['cavage', 'rfc9421']])
    expect(known()).toEqual({ scheme: 'rfc9421', since: now, failures: 0 })
  },
)

test.each([500, 502, 503, 404, 410, 429])('rule 30: %i does not change the scheme', async (status) => {
  const { go, knocks, known } = visit({ cavage: 202, rfc9421: status }, remembered('rfc9421'))
  expect([await go(), knocks]).toEqual([status, ['rfc9421']])
  expect(known()?.scheme).toBe('rfc9421')
})

test('rule 30: a second answer that proves nothing is not remembered', async () => {
  const { go, known } = visit({ cavage: 401, rfc9421: 503 })
  expect([await go(), known()]).toEqual([503, undefined])
})

test('rule 31: a scheme is forgotten after two failures in a row and not after one', async () => {
  const { go, knocks, known } = visit({ cavage: 401, rfc9421: 401 }, remembered('rfc9421'))
  expect([await go(), known()?.failures]).toEqual([401, 1])
  expect([await go(), known()]).toEqual([401, undefined])
  expect(knocks).toEqual(['rfc9421', 'cavage', 'rfc9421', 'cavage'])
})

test('rule 31: what works in between begins the count anew', async () => {
  const { go, known } = visit({ cavage: 401, rfc9421: 202 }, remembered('rfc9421', { failures: 1 }))
  await go()
  expect(known()).toEqual(remembered('rfc9421'))
})

test('rule 31: after 30 days a host is a stranger again', async () => {
  const { go, knocks, known } = visit(
    { cavage: 202, rfc9421: 202 },
    remembered('rfc9421', { since: now - 30 * day }),
  )
  expect([await go(), knocks, known()]).toEqual([202, ['cavage'], undefined])
})

test('what a 401 asks for is honoured, also when RFC 9421 came first', async () => {
  const asks = { 'accept-signature': 'wanted=("@method" "@authority");nonce="1"' }
  const stranger = visit({ cavage: 401, rfc9421: 202 }, undefined, asks)
  expect([await stranger.go(), stranger.knocks]).toEqual([202, ['cavage', 'rfc9421 as wanted']])
  const friend = visit({ cavage: 202, rfc9421: 401 }, remembered('rfc9421'), asks)
  expect([await friend.go(), friend.knocks]).toEqual([401, ['rfc9421', 'rfc9421 as wanted']])
})

test('what goes wrong on the way goes through and changes nothing', async () => {
  const { memory, known } = visit({ cavage: 202, rfc9421: 202 }, remembered('rfc9421', { failures: 1 }))
  const knock = () => Promise.reject(new Error('no route'))
  await expect(doubleKnock(host, knock, memory, now)).rejects.toThrow('no route')
  expect(known()?.failures).toBe(1)
})
