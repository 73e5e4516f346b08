import type { JsonObject } from '#federation/read-json'
import { createKeyFinder } from '#federation/signatures/find-key'
import { verifySignature } from '#federation/signatures/verify-signature'
import { checkUrl } from '#platform/addresses'
import { fixtureNames, readFixture } from '#test/support/fixtures'
import { documentWorld, memoryKeyStore, rsaPair } from '#test/support/keys'

type Vector = {
  now: string
  request: { method: string; url: string; headers: Record<string, string>; body?: string }
  documents: Record<string, JsonObject | number>
  expect: { verified: boolean; actor?: string; reason?: string }
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
    expect(verdict).toMatchObject(
      vector.expect.verified ? { ok: true, owner: vector.expect.actor } : { ok: false, status: 401 },
    )
  },
)
