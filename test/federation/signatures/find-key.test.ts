import { generateKeyPairSync } from 'node:crypto'
import type { Json } from '#federation/properties'
import { createKeyFinder } from '#federation/signatures/find-key'
import { readPublicKey } from '#federation/signatures/public-key'
import { checkUrl } from '#platform/addresses'
import { FetchFailed } from '#platform/http-errors'
import { documentWorld, memoryKeyStore, multikey, rsaPair } from '#test/support/keys'

const owner = 'https://good.test/users/vic'
const keyId = `${owner}#main-key`
const { publicKey } = rsaPair()
const second = rsaPair().publicKey
const keyOf = (id: string, of = owner, pem = publicKey) => ({ id, owner: of, publicKeyPem: pem })
const checkAddress = (url: string) => {
  const address = checkUrl(url, { allowPrivate: false, ports: [443] })
  if (address.host === 'kith.example') throw new FetchFailed('local', url, 'our own')
  return address
}
const finder = (documents: Record<string, Json | number>) => {
  const world = documentWorld(documents)
  const store = memoryKeyStore()
  return {
    ...world,
    store,
    find: createKeyFinder({ store, checkAddress, fetchDocument: world.fetchDocument }),
  }
}
const ownerOf = async (id: string, documents: Record<string, Json | number>) =>
  (await finder(documents).find(id))?.owner

test.each<[string, string, Json]>([
  ['the usual fragment', keyId, { publicKey: keyOf(keyId) }],
  ['the actor itself', owner, { publicKey: keyOf(owner) }],
  ['a slash before the fragment', `${owner}/#main-key`, { publicKey: keyOf(`${owner}/#main-key`) }],
  ['a query', `${owner}?operation=rsakey`, { publicKey: keyOf(`${owner}?operation=rsakey`) }],
  ['one of several', `${owner}#b`, { publicKey: [keyOf(`${owner}#a`, owner, second), keyOf(`${owner}#b`)] }],
  ['one with junk beside', keyId, { publicKey: [null, 7, 'x', {}, [], keyOf(keyId)] }],
  [
    'a Multikey',
    `${owner}#ed`,
    {
      publicKey: keyOf(keyId),
      assertionMethod: [
        {
          id: `${owner}#ed`,
          controller: owner,
          publicKeyMultibase: multikey(generateKeyPairSync('ed25519').publicKey),
        },
      ],
    },
  ],
  ['the only one, without an id', keyId, { publicKey: { owner, publicKeyPem: publicKey } }],
  ['one without an owner', keyId, { publicKey: { id: keyId, publicKeyPem: publicKey } }],
  ['capital letters in the host', 'https://GOOD.test/users/vic#main-key', { publicKey: keyOf(keyId) }],
])('a key is found as %s', async (_, id, document) => {
  const documents = {
    [owner]: { id: owner, ...document },
    [`${owner}/`]: { id: owner, ...document },
    [`${owner}?operation=rsakey`]: { id: owner, ...document },
  }
  expect(await ownerOf(id, documents)).toBe(owner)
})

test('a key document of its own leads to its owner, whose document is fetched from its id', async () => {
  const id = `${owner}/main-key`
  const stub = { id: owner, publicKey: keyOf(id) }
  const { find, fetched } = finder({ [id]: stub, [owner]: { id: owner, name: 'Vic', publicKey: keyOf(id) } })
  expect((await find(id))?.owner).toBe(owner)
  expect(fetched).toEqual([id, owner])
  expect(
    await ownerOf(id, {
      [id]: { type: 'CryptographicKey', ...keyOf(id) },
      [owner]: { id: owner, publicKey: id },
    }),
  ).toBe(owner)
})

const evilKey = 'https://evil.test/key'
test.each<[string, string, Record<string, Json | number>]>([
  [
    'its owner lives on another host',
    evilKey,
    { [evilKey]: keyOf(evilKey), [owner]: { id: owner, publicKey: keyOf(keyId, owner, second) } },
  ],
  [
    'its owner lists it from another host',
    evilKey,
    { [evilKey]: keyOf(evilKey), [owner]: { id: owner, publicKey: keyOf(evilKey) } },
  ],
  [
    'its owner does not list it',
    `${owner}/key`,
    { [`${owner}/key`]: keyOf(`${owner}/key`), [owner]: { id: owner, publicKey: keyOf(keyId) } },
  ],
  [
    'its owner lists it as another’s',
    keyId,
    {
      [owner]: { id: owner, publicKey: keyOf(keyId, 'https://good.test/users/eve') },
      'https://good.test/users/eve': { id: 'https://good.test/users/eve', publicKey: keyOf(keyId) },
    },
  ],
  [
    'the document of its owner has another id',
    `${owner}/key`,
    {
      [`${owner}/key`]: keyOf(`${owner}/key`),
      [owner]: { id: `${owner}2`, publicKey: keyOf(`${owner}/key`) },
    },
  ],
  ['the fragment is another one', `${owner}#other`, { [owner]: { id: owner, publicKey: keyOf(keyId) } }],
  [
    'the query is another one',
    `${owner}?x#main-key`,
    { [`${owner}?x`]: { id: owner, publicKey: keyOf(keyId) } },
  ],
  ['there is no key', keyId, { [owner]: { id: owner } }],
  ['there is no owner', evilKey, { [evilKey]: { id: evilKey, publicKeyPem: publicKey } }],
  ['it is only named', keyId, { [owner]: { id: owner, publicKey: keyId } }],
  ['the port differs from its owner’s', 'https://good.test:8443/key', {}],
])('AKKOMA-2025.03, federation rules 14, 15: a key is not used when %s', async (_, id, documents) => {
  await expect(ownerOf(id, documents)).rejects.toMatchObject({ reason: 'key' })
})

test('AKKOMA-2025.03: a key that two actors list speaks for the one that it names', async () => {
  const eve = 'https://good.test/users/eve'
  const id = 'https://good.test/key'
  const documents = {
    [id]: keyOf(id),
    [owner]: { id: owner, publicKey: keyOf(id) },
    [eve]: { id: eve, publicKey: keyOf(id) },
  }
  const { find, store } = finder(documents)
  expect((await find(id))?.owner).toBe(owner)
  expect([...store.keys.values()]).toEqual([{ keyId: id, owner, material: publicKey }])
})

test.each([
  'http://good.test/k',
  'https://127.0.0.1/k',
  'https://good.test:22/k',
  'https://a@good.test/k',
  'https://kith.example/users/bea#main-key',
  'acct:a@b',
  'key',
  `https://good.test/${'k'.repeat(2_050)}`,
])('rules 14, 85: a key id that may not be fetched is not looked up (%#)', async (id) => {
  const { find, fetched, store } = finder({})
  await expect(find(id)).rejects.toMatchObject({ reason: 'key' })
  expect([fetched, [...store.marks]]).toEqual([[], []])
})

test('rule 17: a document that came from another host gives no key', async () => {
  const fetchDocument = async () => ({
    url: 'https://evil.test/users/vic',
    document: { id: owner, publicKey: keyOf(keyId) },
  })
  const find = createKeyFinder({ store: memoryKeyStore(), checkAddress, fetchDocument })
  await expect(find(keyId)).rejects.toMatchObject({ reason: 'key' })
})

test('rule 17: material from another host is no key, even of an owner who lists the key by its id', async () => {
  const id = `${owner}/key`
  const answers: Record<string, { url: string; document: Json }> = {
    [id]: { url: 'https://evil.test/key', document: keyOf(id) },
    [owner]: { url: owner, document: { id: owner, publicKey: id } },
  }
  const fetchDocument = async (url: string) => answers[url]!
  const find = createKeyFinder({ store: memoryKeyStore(), checkAddress, fetchDocument })
  await expect(find(id)).rejects.toMatchObject({ reason: 'key' })
  answers[id]!.url = id
  const honest = createKeyFinder({ store: memoryKeyStore(), checkAddress, fetchDocument })
  await expect(honest(id)).resolves.toMatchObject({ owner })
})

test('rule 19: a failure is remembered and costs no second fetch; gone stays gone', async () => {
  const { find, fetched, store } = finder({ [owner]: 500, 'https://good.test/gone': 410 })
  await expect(find(keyId)).rejects.toMatchObject({ reason: 'unreachable' })
  await expect(find(keyId)).rejects.toMatchObject({ reason: 'unreachable' })
  await expect(find('https://good.test/gone#k')).rejects.toMatchObject({ reason: 'gone' })
  await expect(find('https://good.test/gone#k')).rejects.toMatchObject({ reason: 'gone' })
  expect(fetched).toEqual([owner, 'https://good.test/gone'])
  expect([...store.marks.keys()]).toEqual([`failed ${keyId}`, 'failed https://good.test/gone#k'])
})

test('R-061: a key that many wait for is fetched once, and then kept', async () => {
  const { find, fetched } = finder({ [owner]: { id: owner, publicKey: keyOf(keyId) } })
  await Promise.all(Array.from({ length: 50 }, () => find(keyId)))
  await find(keyId)
  expect(fetched).toEqual([owner])
})

test('rule 18: a stored key that fails is fetched again once in ten minutes, and the second answer counts', async () => {
  const { find, fetched, store } = finder({ [owner]: { id: owner, publicKey: keyOf(keyId) } })
  await store.save({ keyId, owner, material: second })
  const stale = await find(keyId)
  expect(stale).toMatchObject({ material: second, isStored: true })
  expect(fetched).toEqual([])
  const fresh = await find(keyId, stale)
  expect(fresh).toMatchObject({ material: publicKey, isStored: false })
  expect(await find(keyId, fresh)).toBeUndefined()
  expect(fetched).toEqual([owner])
  expect(store.keys.get(keyId)?.material).toBe(publicKey)
})

test('a key that another process has renewed meanwhile is taken without a fetch', async () => {
  const { find, fetched, store } = finder({})
  await store.save({ keyId, owner, material: second })
  const stale = await find(keyId)
  await store.save({ keyId, owner, material: publicKey })
  expect(await find(keyId, stale)).toMatchObject({ material: publicKey })
  expect(fetched).toEqual([])
})

const rsaWith = (options: { modulusLength: number; publicExponent?: number }) =>
  generateKeyPairSync('rsa', options).publicKey.export({ type: 'spki', format: 'pem' }).toString()

test('rule 13: keys of RSA from 2048 bits, Ed25519 and P-256 are taken', () => {
  const types = (text: string) => readPublicKey(text)?.asymmetricKeyType
  expect(types(publicKey)).toBe('rsa')
  expect(types(`\r\n${publicKey.replaceAll('\n', '\r\n')}`)).toBe('rsa')
  expect(
    types(
      generateKeyPairSync('rsa', { modulusLength: 2_048 })
        .publicKey.export({ type: 'pkcs1', format: 'pem' })
        .toString(),
    ),
  ).toBe('rsa')
  expect(types(multikey(generateKeyPairSync('ed25519').publicKey))).toBe('ed25519')
  expect(types(multikey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey))).toBe('ec')
})

test('rule 13: weak, private and unknown keys are not', () => {
  const edPair = generateKeyPairSync('ed25519')
  const refused = {
    short: rsaWith({ modulusLength: 1_024 }),
    almost: rsaWith({ modulusLength: 2_040 }),
    curve: generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString(),
    x25519: generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    pss: generateKeyPairSync('rsa-pss', { modulusLength: 2_048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString(),
    secret: edPair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    twice: publicKey + publicKey,
    long: `${publicKey}${' '.repeat(8_192)}`,
    cut: publicKey.slice(0, 200),
    multikeyCut: multikey(edPair.publicKey).slice(0, -3),
    multikeyBase64: `m${Buffer.from('abc').toString('base64')}`,
    empty: '',
  }
  for (const [name, text] of Object.entries(refused))
    expect([name, readPublicKey(text)]).toEqual([name, undefined])
})
