import { Account } from '#core/accounts/account.model'
import { findKey } from '#federation/keys'
import { loadCollection, loadDocument } from '#federation/load-document'
import { findActorId } from '#federation/webfinger-client'
import { instance } from '#config/instance'
import { rows } from '#platform/db'
import { type Listener, closeListeners, listen } from '#test/support/listener'
import { rsaPair } from '#test/support/keys'

const { publicKey } = rsaPair()
let server: Listener
let signatures: string[]
beforeAll(async () => {
  server = await listen((request, response) => {
    signatures.push(String(request.headers['signature']))
    const path = request.url ?? ''
    const id = `${server.url}${path}`
    const json = (type: string, body: object) =>
      response.setHeader('content-type', type).end(JSON.stringify(body))
    if (path.startsWith('/.well-known')) {
      return json('application/jrd+json', {
        links: [{ rel: 'self', type: 'application/activity+json', href: `${server.url}/users/ann` }],
      })
    }
    if (path.startsWith('/outbox')) return json('application/json', { type: 'OrderedCollection' })
    return json('application/activity+json', {
      id,
      type: 'Person',
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: publicKey },
    })
  })
})
beforeEach(() => {
  signatures = []
  server.requests.length = 0
})
afterAll(closeListeners)

test('rules 28, 113: documents are fetched in the name of the instance', async () => {
  expect((await loadDocument(`${server.url}/users/bob`)).document).toMatchObject({ type: 'Person' })
  expect((await loadCollection(`${server.url}/outbox`)).document).toMatchObject({ type: 'OrderedCollection' })
  for (const signature of signatures) expect(signature).toContain(`keyId="${instance.origin}/actor#main-key"`)
  expect(signatures).toHaveLength(2)
})

test('rule 85: what is ours is not fetched', async () => {
  await expect(loadDocument(`${instance.origin}/users/1`)).rejects.toMatchObject({ problem: 'local' })
  await expect(findKey(`${instance.origin}/actor#main-key`)).rejects.toMatchObject({ reason: 'key' })
})

test('a handle leads to an id, and one that leads nowhere to undefined', async () => {
  expect(await findActorId({ username: 'ann', domain: `localhost:${server.port}` })).toBe(
    `${server.url}/users/ann`,
  )
  expect(await findActorId({ username: 'ann', domain: 'localhost:1' })).toBeUndefined()
  expect(await findActorId({ username: 'ann', domain: 'a/b' })).toBeUndefined()
})

test('a key is fetched once, and stands with its account when that is here', async () => {
  const uri = `${server.url}/users/ann`
  await Account.create({ kind: 'person', username: 'ann', domain: `127.0.0.1:${server.port}`, uri })
  expect(await findKey(`${uri}#main-key`)).toMatchObject({ owner: uri, isStored: false })
  expect(await findKey(`${uri}#main-key`)).toMatchObject({ owner: uri, isStored: true })
  expect(server.requests).toEqual(['GET /users/ann'])
  expect(await Account.findOne({ where: { uri } })).toMatchObject({
    publicKeyId: `${uri}#main-key`,
    publicKeyPem: publicKey,
  })
})

test('rule 48: keys of a suspended domain are not fetched', async () => {
  await rows({}, `INSERT INTO domain_rules (domain, severity) VALUES ('127.0.0.1', 'suspend')`)
  await expect(findKey(`${server.url}/users/mal#main-key`)).rejects.toMatchObject({ reason: 'key' })
  expect(server.requests).toEqual([])
})
