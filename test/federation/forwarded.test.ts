import { generateCryptoKeyPair, signJsonLd } from '@fedify/fedify'
import { createHash, webcrypto } from 'node:crypto'
import { postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { loadContext } from '#federation/contexts'
import { refreshAccount } from '#federation/find-account'
import { type Json, many } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { base58, canonical } from '#test/support/base58'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, signedPost } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let far: StubFediverse
let evil: StubFediverse
let vic: RemoteActor
let mal: RemoteActor

beforeAll(async () => {
  ;[far, evil] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  evil.clear()
  ;[{ alice }, vic, mal] = await Promise.all([cast('alice'), far.actor('vic'), evil.actor('mal')])
  await follow(alice, vic)
})

const forward = async (activity: Json) => {
  const receipt = await takeActivity(signedPost(mal, activity))
  await settle()
  return receipt
}

test('federation rule 22, WPAP-2026-ANNOUNCE: a boost that somebody else passes on counts only if its own server says the same', async () => {
  const own = await post(alice)
  const boost = activityOf(vic, 'Announce', postUri(own))
  expect((await forward(boost)).status).toBe(202)
  expect(await Post.count()).toBe(1)
  far.serve(new URL(String(boost.id)).pathname, { ...boost, object: `${vic.uri}/notes/other` })
  await forward({ ...boost, id: `${String(boost.id)}?again` })
  expect(await Post.count()).toBe(1)
  const real = activityOf(vic, 'Announce', postUri(own))
  far.serve(new URL(String(real.id)).pathname, real)
  await forward(real)
  expect(await Post.count({ where: { boostOfId: own.id } })).toBe(1)
})

test('federation rule 22: of a post that somebody else passes on counts what its own server says', async () => {
  const note = noteOf(vic, 'one')
  far.serve(new URL(String(note.id)).pathname, note)
  await forward(activityOf(vic, 'Create', { ...note, content: '<p>forged</p>' }))
  expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>one</p>' })])
  await forward(activityOf(vic, 'Delete', note.id))
  expect(await Post.count()).toBe(1)
})

test('R-026: passing on something else under the id of an activity does not keep that from being taken', async () => {
  const create = activityOf(vic, 'Create', noteOf(vic, 'one'))
  await forward({ ...create, object: `${vic.uri}/notes/none` })
  expect(await takeActivity(signedPost(vic, create))).toEqual({ status: 202, why: 'new' })
  await settle()
  expect(await Post.count()).toBe(1)
})

describe('with an integrity proof of its actor', () => {
  const method = () => `${vic.uri}#ed25519-key`
  let keys: webcrypto.CryptoKeyPair
  const multibase = async () => {
    const raw = Buffer.from(await webcrypto.subtle.exportKey('raw', keys.publicKey))
    return `z${base58(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`
  }
  beforeEach(async () => {
    keys = await generateCryptoKeyPair('Ed25519')
    await vic.account.update({ assertionKeys: [{ id: method(), material: await multibase() }] })
  })

  const proven = async (activity: Json, more: Json = {}): Promise<Json> => {
    const context = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/data-integrity/v1']
    const document: Json = { ...activity, '@context': context }
    const options = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-jcs-2022',
      verificationMethod: method(),
      proofPurpose: 'assertionMethod',
      created: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
      ...more,
    }
    const hash = (value: Json) => createHash('sha256').update(canonical(value)).digest()
    const message = Buffer.concat([hash({ '@context': context, ...options }), hash(document)])
    const signed = await webcrypto.subtle.sign('Ed25519', keys.privateKey, message)
    return { ...document, proof: { ...options, proofValue: `z${base58(Buffer.from(signed))}` } }
  }
  const create = (name: string) => activityOf(vic, 'Create', noteOf(vic, name))

  test('FEP-8b32, federation rule 22: it is believed as if the actor had brought it, and nothing is fetched', async () => {
    await forward(await proven(create('one')))
    expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>one</p>' })])
    await forward({ ...(await proven(create('two'))), signature: { type: 'RsaSignature2017' } })
    expect(await Post.count()).toBe(2)
    await forward(await proven(activityOf(vic, 'Delete', `${vic.uri}/notes/one`)))
    expect(await Post.count()).toBe(1)
    expect(far.requests).toEqual([])
  })

  test('federation rule 25: it replaces no signature of the request, not even of its actor', async () => {
    const activity = await proven(create('one'))
    const request = signedPost(vic, activity)
    const { signature, ...headers } = request.headers as Record<string, string>
    const spoilt = signature!.replace(/signature="./, 'signature="/')
    for (const given of [headers, { ...headers, signature: spoilt }])
      expect((await takeActivity({ ...request, headers: given })).status).toBe(401)
    await settle()
    expect(await Post.count()).toBe(0)
  })

  test('federation rules 26, 27: a proof that does not hold is as if it were not there', async () => {
    const days = (count: number) =>
      new Date(Date.now() + count * 86_400_000).toISOString().replace(/\.\d+Z/, 'Z')
    // Each with an id of its own, else it would be taken for a copy.
    const good = async () => {
      const activity = await proven(create('one'))
      return { activity, proof: activity.proof as Json }
    }
    const spoil = async (change: (activity: Json, proof: Json) => Json) => {
      const { activity, proof } = await good()
      return { ...activity, ...change(activity, proof) }
    }
    const spoilt = [
      await spoil(() => ({ object: noteOf(vic, 'one', { content: '<p>forged</p>' }) })),
      await spoil((_, proof) => ({ proof: { ...proof, proofValue: `z${base58(Buffer.alloc(64, 1))}` } })),
      await spoil(() => ({ proof: 'x' })),
      await spoil((_, proof) => ({ proof: [{ ...proof, created: {} }] })),
      await spoil((_, proof) => ({ proof: { ...proof, verificationMethod: `${vic.uri}#main-key` } })),
      await proven(create('one'), { created: days(1) }),
      await proven(create('one'), { created: days(-31) }),
      await proven(create('one'), { cryptosuite: 'eddsa-rdfc-2022' }),
      await proven(create('one'), { proofPurpose: 'authentication' }),
      await proven(create('one'), { verificationMethod: `${mal.uri}#ed25519-key` }),
      await proven({ ...create('one'), id: `${mal.uri}/activities/1` }),
    ]
    for (const [at, activity] of spoilt.entries()) {
      await forward(activity)
      expect([at, await Post.count()]).toEqual([at, 0])
    }
    expect(
      await rows({}, 'SELECT 1 FROM owed_work WHERE dead_at IS NOT NULL OR last_error IS NOT NULL'),
    ).toEqual([])
  })

  // jsonld 9.0.0 keeps what it imports in the place of what it made of it.
  test('lanes: a proof beside a context that takes in another is as if it were not there, and spoils no other', async () => {
    const AS = 'https://www.w3.org/ns/activitystreams'
    const attachment = [{ '@context': { '@import': AS }, type: 'Document', name: 'x' }]
    await forward(await proven(activityOf(vic, 'Create', noteOf(vic, 'one', { attachment }))))
    expect(await Post.count()).toBe(0)
    await forward(await proven(activityOf(vic, 'Create', noteOf(vic, 'two', { '@context': AS }))))
    expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>two</p>' })])
  })

  test('CVE-2026-50128: what is changed or added in a proven activity, whatever context knows it, is not believed', async () => {
    const extensions = [
      'sensitive',
      'quoteUrl',
      'quote',
      '_misskey_quote',
      'interactionPolicy',
      'votersCount',
      'unheardOf',
    ]
    for (const name of extensions) {
      const activity = await proven(create(name))
      await forward({ ...activity, object: { ...noteOf(vic, name), [name]: 'https://evil.example/x' } })
      await forward({ ...activity, id: `${String(activity.id)}/2`, [name]: 'https://evil.example/x' })
      expect([name, await Post.count()]).toEqual([name, 0])
    }
    await forward(await proven(activityOf(vic, 'Create', noteOf(vic, 'all', { unheardOf: 'x' }))))
    expect(await Post.count()).toBe(1)
  })

  test('FEP-521a, federation rule 26: keys come with the actor, if they are its own', async () => {
    const publicKeyMultibase = await multibase()
    const key = { id: method(), type: 'Multikey', controller: vic.uri, publicKeyMultibase }
    const wrong = [
      { ...key, id: `${mal.uri}#key` },
      { ...key, controller: mal.uri },
      { ...key, type: 'Key' },
      { ...key, publicKeyMultibase: 'z6MkNone' },
      'https://a.example/key',
    ]
    far.describe('vic', { assertionMethod: [...wrong, key] })
    await refreshAccount({ actor: { kind: 'kith' } }, vic.account)
    expect((await vic.account.reload()).assertionKeys).toEqual([
      { id: method(), material: publicKeyMultibase },
    ])
  })
})

/** With an LD signature of its actor, as Mastodon makes them. */
async function ldSigned(activity: Json): Promise<Json> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const jwk = vic.privateKey.export({ format: 'jwk' })
  const key = await webcrypto.subtle.importKey('jwk', jwk, algorithm, true, ['sign'])
  return (await signJsonLd(activity, key, new URL(vic.keyId), { contextLoader: loadContext })) as Json
}

test('CVE-2026-42462, CVE-2022-24307, CVE-2026-46713, federation rule 23: an LD signature alone makes nothing believed; the origin is asked', async () => {
  const note = noteOf(vic, 'one')
  const signed = await ldSigned(activityOf(vic, 'Create', note))
  expect(signed.signature).toBeDefined()
  await forward(signed)
  expect(await Post.count()).toBe(0)
  expect(far.requests).toEqual(['GET /users/vic/notes/one'])
  const terms = { type: '@type', object: 'as:instrument', instrument: 'as:object', content: 'as:summary' }
  const realiased = [
    { ...signed, '@context': [...many(signed['@context']), terms] },
    { ...signed, '@context': { '@vocab': 'https://www.w3.org/ns/activitystreams#', ...terms } },
    { ...signed, object: { ...note, '@context': terms } },
    { ...signed, '@graph': [note] },
    { ...signed, '@included': [note], '@reverse': { object: note } },
    { ...signed, '@nest': { object: note } },
  ]
  far.requests.length = 0
  for (const [at, each] of realiased.entries()) await forward({ ...each, id: `${String(signed.id)}/${at}` })
  expect(await Post.count()).toBe(0)
  expect(far.requests.length).toBeLessThanOrEqual(realiased.length)
})

test('federation rule 24: of what stands under an LD signature no byte is taken as it came, but what the origin gives', async () => {
  const note = noteOf(vic, 'one', { content: '<p>sent</p>' })
  far.serve('/users/vic/notes/one', { ...note, content: '<p>given</p>' })
  await forward(await ldSigned(activityOf(vic, 'Create', note)))
  expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>given</p>' })])
})
