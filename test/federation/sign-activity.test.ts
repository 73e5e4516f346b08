import { verifyJsonLd, verifyObject, verifyProof } from '@fedify/fedify'
import { Activity } from '@fedify/vocab'
import jsonld from 'jsonld'
import { AccountKey } from '#core/accounts/account-key.model'
import { rotateKey } from '#core/accounts/rotate-key'
import { changeSettings } from '#core/instances/change-settings'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { react } from '#core/reactions/react'
import { loadContext } from '#federation/contexts'
import { actorDocument } from '#federation/actors'
import { documentAt } from '#federation/documents'
import { isPlain } from '#federation/is-plain'
import type { Json } from '#federation/properties'
import { readAccount } from '#federation/objects/account'
import { signActivity } from '#federation/sign-activity'
import { isProvenBy } from '#federation/verify-proof'
import { rows } from '#platform/db'
import { publish } from '#platform/pubsub'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { sentActivities } from '#test/support/sent-activities'
import { stubActor } from '#test/support/stub-actor'
import { startStub } from '#test/support/stub-server'
import { settle } from '#test/support/settle'

let alice: Member
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  await follow(await stranger('fay', 'fay.example'), alice)
})

/** What went out since the last look. */
async function sent(): Promise<Json[]> {
  await settle()
  const found = await sentActivities()
  await rows({}, 'DELETE FROM outgoing_activities')
  return found
}

const here = async (url: string) => {
  const served = await documentAt(new URL(url).pathname, async () => undefined)
  return { contextUrl: null, documentUrl: url, document: served!.body }
}
const verifies = (activity: Json): Promise<boolean> =>
  verifyJsonLd(activity, { contextLoader: loadContext, documentLoader: here })

test('signatures-15, federation rule 203: what everybody may see goes out with an LD signature of its sender that verifies', async () => {
  const { id } = await as(alice, createPost, { text: 'hello #tea', spoilerText: 'tea', language: 'en' })
  await as(alice, createPost, { text: 'hello', visibility: 'unlisted' })
  const [create, unlisted] = await sent()
  await as(alice, deletePost, { postId: id })
  const [end] = await sent()
  expect([create!.type, unlisted!.type, end!.type]).toEqual(['Create', 'Create', 'Delete'])
  for (const each of [create!, unlisted!, end!]) {
    expect(each.signature).toMatchObject({
      type: 'RsaSignature2017',
      creator: `${String(each.actor)}#main-key`,
    })
    expect(await verifies(each)).toBe(true)
    expect('proof' in each).toBe(each !== end)
  }
  const forged = { ...create, object: { ...(create!.object as Json), content: '<p>forged</p>' } }
  expect(await verifies(forged)).toBe(false)
})

test('dms-06, federation rule 136: nothing that is not for everybody goes out with a signature that could be passed on', async () => {
  const ann = await stranger('ann', 'ann.example')
  const note = await post(ann, { uri: 'https://ann.example/notes/1' })
  await as(alice, createPost, { text: 'for followers', visibility: 'private' })
  await as(alice, createPost, { text: 'psst @ann@ann.example', visibility: 'direct' })
  await as(alice, react, { postId: note.id })
  const all = await sent()
  expect(all.map(({ type }) => String(type)).toSorted()).toEqual(['Create', 'Create', 'Like'])
  for (const each of all) expect([each.signature, each.proof]).toEqual([undefined, undefined])
})

test('signatures-15: where documents are for whoever signs, only the end of a post has one', async () => {
  const { id } = await as(alice, createPost, { text: 'hello' })
  const [create] = await sent()
  const { signature: _, proof: __, ...bare } = create!
  const signed = await signActivity(bare, alice.account.id, { mustBeSigned: true })
  expect([signed.signature, signed.proof]).toEqual([undefined, undefined])
  await changeSettings({ ...alice.ctx, actor: { kind: 'operator' } }, { federation: 'allowed' })
  expect((await signActivity(bare, alice.account.id)).signature).toBeUndefined()
  await changeSettings({ ...alice.ctx, actor: { kind: 'operator' } }, { federation: 'open' })
  await as(alice, deletePost, { postId: id })
  const [end] = await sent()
  const { signature: ___, ...tombstone } = end!
  const told = await signActivity(tombstone, alice.account.id, { mustBeSigned: true })
  expect(told.signature).toBeDefined()
})

const means = { contextLoader: loadContext, documentLoader: here }

/** Does the proof hold for whoever takes the LD signature away first, as Fedify, Mitra and Mastodon do? */
async function isProven(activity: Json): Promise<boolean> {
  const { signature: _, ...bare } = activity
  const parsed = await Activity.fromJsonLd(bare, means)
  const held: boolean[] = []
  for await (const proof of parsed.getProofs(means))
    held.push((await verifyProof(bare, proof, means)) !== null)
  return held.length === 1 && held[0]! && (await verifyObject(Activity, bare, means)) !== null
}

test('signatures-16, federation rule 203: what arrives elsewhere has a proof and an LD signature, and both verify', async () => {
  const stub = await startStub()
  await follow((await stubActor(stub, 'ann')).account, alice)
  const { id } = await as(alice, createPost, { text: 'hello #tea ünï', spoilerText: 'tea', language: 'en' })
  await settle({ except: ['schedule'] })
  await as(alice, editPost, { postId: id, text: 'hello again' })
  await settle({ except: ['schedule'] })
  await rotateKey(alice.ctx)
  await as(alice, createPost, { text: 'with new keys' })
  await settle({ except: ['schedule'] })
  const arrived = stub.arrivals.map(({ activity }) => activity)
  await stub.stop()
  expect(arrived.map(({ type }) => type)).toEqual(['Create', 'Update', 'Update', 'Create'])
  const verdicts = await Promise.all(
    arrived.map(async (each) => [await isProven(each), await verifies(each)]),
  )
  // What was signed before the keys were replaced does not hold any more.
  expect(verdicts).toEqual([
    [false, false],
    [false, false],
    [true, true],
    [true, true],
  ])
  const last = arrived.at(-1)!
  expect(last.proof).toMatchObject({
    '@context': last['@context'],
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    verificationMethod: `${String(last.actor)}#ed25519-key`,
    proofPurpose: 'assertionMethod',
    created: expect.stringMatching(/^[-\d]+T[:\d]+Z$/),
  })
  expect(isPlain(last)).toBe(true)
  const forged = { ...last, object: { ...(last.object as Json), content: '<p>forged</p>' } }
  expect([await isProven(forged), await verifies(forged)]).toEqual([false, false])
  const { proof: _, ...without } = last
  expect(await verifies(without)).toBe(false)
})

test('signatures-17, FEP-521a: the key of proofs is published beside the RSA key, and read by the same rules', async () => {
  await as(alice, createPost, { text: 'hello' })
  const [create] = await sent()
  const actor = JSON.parse(JSON.stringify(await actorDocument(await alice.account.reload()))) as Json
  const [key] = actor.assertionMethod as Json[]
  expect(key).toEqual({
    id: `${String(actor.id)}#ed25519-key`,
    type: 'Multikey',
    controller: actor.id,
    publicKeyMultibase: expect.stringMatching(/^z6Mk/),
  })
  expect(actor.publicKey).toMatchObject({ id: `${String(actor.id)}#main-key` })
  const { assertionKeys = [] } = readAccount(actor, { username: 'alice', domain: 'kith.example' })!
  // As another Kith has her.
  const elsewhere = await stranger('far', 'far.example', { uri: String(actor.id), assertionKeys })
  expect(await isProvenBy(elsewhere, create!)).toBe(true)
})

test('signatures-17: an account of an earlier version gets its key when it is needed, one for all who need it at once', async () => {
  await actorDocument(alice.account)
  const before = await AccountKey.findByPk(alice.account.id, { rejectOnEmpty: true })
  await rows({}, 'UPDATE account_keys SET proof_sealed = NULL')
  await publish('account-keys', { accountId: alice.account.id })
  const made = await Promise.all([1, 2, 3].map(() => actorDocument(alice.account)))
  expect(new Set(made.map(({ assertionMethod }) => JSON.stringify(assertionMethod))).size).toBe(1)
  const after = await AccountKey.findByPk(alice.account.id, { rejectOnEmpty: true })
  expect(after.privateSealed).toBe(before.privateSealed)
  expect(after.proofSealed).not.toBe(before.proofSealed)
  expect(Buffer.from(after.proofSealed!, 'base64url').toString('latin1')).not.toContain('PRIVATE KEY')
})

// Mastodon compacts what has an LD signature with its own contexts, and throws the signature away when that leaves `@graph`.
test('signatures-15, signatures-16: the proof leaves nothing in an activity that makes Mastodon drop its LD signature', async () => {
  await as(alice, createPost, { text: 'hello' })
  const [create] = await sent()
  const { signature, ...bare } = create!
  const mastodon = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1']
  const read = (document: object) => jsonld.compact(document, mastodon, { documentLoader: loadContext })
  const compacted = await read(bare)
  expect(JSON.stringify(compacted)).toContain('eddsa-jcs-2022')
  expect(JSON.stringify(compacted)).not.toContain('"@graph"')
  expect(await verifies({ ...compacted, signature })).toBe(true)
  const context = (create!['@context'] as unknown[]).slice(0, -1)
  const { '@context': _, ...proof } = bare.proof as Json
  const usual = [...context, 'https://w3id.org/security/data-integrity/v1']
  expect(JSON.stringify(await read({ ...bare, '@context': usual, proof }))).toContain('"@graph"')
})
