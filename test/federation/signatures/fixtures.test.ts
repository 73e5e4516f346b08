import type { Json } from '#federation/properties'
import { createKeyFinder } from '#federation/signatures/find-key'
import { verifySignature } from '#federation/signatures/verify-signature'
import { checkUrl } from '#platform/addresses'
import { fixtureNames, readFixture } from '#test/support/fixtures'
import { documentWorld, memoryKeyStore, rsaPair } from '#test/support/keys'

type Vector = {
  now: string
  request: { method: string; url: string; headers: Record<string, string>; body?: string }
  documents: Record<string, Json | number>
  expect: { verified: boolean; actor?: string; reason?: string }
}

/** Why a request is refused, in the words of the vectors and of Kith. */
const reasons: Record<string, string> = {
  'signed time is long past': 'time',
  'signed time is three hours old': 'time',
  'signed target is another address': 'mismatch',
  'actor of the activity is not the owner of the key': 'other-actor',
  'digest does not match the body': 'digest',
  'content digest does not match the body': 'digest',
  'digest is not among the signed parts': 'coverage',
  'key host is not the host of the claimed owner': 'key',
  'created is missing': 'coverage',
  'no signature': 'missing',
}

const names = fixtureNames('signatures')
const maybe = names.length > 0 ? test : test.skip

maybe.each(names.length > 0 ? names : ['(no fixtures beside this checkout)'])(
  'signed request %s is judged as it should be',
  async (name) => {
    const vector: Vector = JSON.parse(readFixture(`signatures/${name}`).toString())
    const { fetchDocument } = documentWorld(vector.documents)
    const store = memoryKeyStore()
    if (name.includes('rotated')) {
      const [owner] = Object.keys(vector.documents) as [string]
      await store.save({ keyId: `${owner}#main-key`, owner, material: rsaPair().publicKey })
    }
    const checkAddress = (url: string) => checkUrl(url, { allowPrivate: true, ports: [] })
    const findKey = createKeyFinder({ store, fetchDocument, checkAddress })
    const { body = '', ...request } = vector.request
    const snapshot = { ...request, rawBody: Buffer.from(body), now: new Date(vector.now) }
    const actor = body === '' ? undefined : JSON.parse(body).actor
    const verdict = await verifySignature(snapshot, findKey, actor)
    const { verified, actor: owner, reason = '' } = vector.expect
    expect(verdict).toMatchObject(
      verified ? { ok: true, owner } : { ok: false, status: 401, reason: reasons[reason] ?? reason },
    )
  },
)
