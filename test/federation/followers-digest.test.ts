import { createHash } from 'node:crypto'
import { accountUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { react } from '#core/reactions/react'
import { acceptFollow } from '#core/relationships/accept-follow'
import { Follow } from '#core/relationships/follow.model'
import { removeFollower } from '#core/relationships/remove-follower'
import { severRelations } from '#core/relationships/sever-relations'
import { answerObject } from '#federation/federation'
import { digestOf } from '#federation/followers-digest'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { request } from '#test/support/client'
import { type RemoteActor, remoteActor, signedGet } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let stub: StubServer
let ann: RemoteActor
let ben: RemoteActor
beforeEach(async () => {
  stub = await startStub()
  ;({ alice } = await cast('alice'))
  ann = await stubActor(stub, 'ann')
  ben = await stubActor(stub, 'ben')
})
afterEach(() => stub.stop())

// As FEP-8fcf says it, another way than ours: the XOR of the SHA-256 of each id.
const xorOf = (...ids: string[]): string =>
  ids
    .map((id) => BigInt(`0x${createHash('sha256').update(id).digest('hex')}`))
    .reduce((one, other) => one ^ other, 0n)
    .toString(16)
    .padStart(64, '0')

const followers = () => `${accountUri(alice.account)}/followers`
const said = (digest: string) =>
  `collectionId="${followers()}", url="${followers()}_synchronization", digest="${digest}"`
const kept = async () =>
  (
    await rows<{ host: string; digest: string }>(
      {},
      'SELECT host, digest FROM follower_digests WHERE account_id = $1 ORDER BY host',
      [alice.account.id],
    )
  ).map(({ host, digest }) => [host, BigInt(`0b${digest}`).toString(16).padStart(64, '0')])

test('the digest of ids is the XOR of their SHA-256, whatever their order', () => {
  expect(digestOf([])).toBe('0'.repeat(64))
  expect(digestOf(['https://a.example/1', 'https://a.example/2'])).toBe(
    xorOf('https://a.example/2', 'https://a.example/1'),
  )
  expect(digestOf(['https://a.example/1', 'https://a.example/1'])).toBe('0'.repeat(64))
})

describe('federation rule 190: what followers elsewhere come to', () => {
  test('goes with posts to followers, signed, and differs by host', async () => {
    const other = await startStub()
    try {
      const eve = await stubActor(other, 'eve')
      for (const each of [ann, ben, eve]) await follow(each, alice)
      await follow(await stranger('late', stub.domain, { uri: stub.actor('late') }), alice, 'pending')
      await as(alice, createPost, { text: 'for my followers', visibility: 'private' })
      await settle({ except: ['schedule'] })
      const [here, there] = [stub.arrivals[0]!.headers, other.arrivals[0]!.headers]
      expect(here['collection-synchronization']).toBe(said(xorOf(ann.uri, ben.uri)))
      expect(there['collection-synchronization']).toBe(said(xorOf(eve.uri)))
      expect(here.signature).toMatch(/headers="[^"]*\bcollection-synchronization\b/)
    } finally {
      await other.stop()
    }
  })

  test('is nothing for a host that only has somebody who is named', async () => {
    await as(alice, createPost, { text: `hi @ann@${stub.domain}` })
    await settle({ except: ['schedule'] })
    expect(stub.arrivals[0]?.headers['collection-synchronization']).toBe(said('0'.repeat(64)))
  })

  test('goes with nothing that is for somebody alone', async () => {
    await follow(ann, alice)
    const note = await post(ann, { uri: `${ann.uri}/notes/1` })
    await as(alice, react, { postId: note.id })
    await post(alice, { text: `see "${followers()}"`, visibility: 'direct', mentions: [ann] })
    await settle({ except: ['schedule'] })
    expect(stub.arrivals.map(({ type }) => type).sort()).toEqual(['Create', 'Like'])
    expect(stub.arrivals.map(({ headers }) => headers['collection-synchronization'])).toEqual([
      undefined,
      undefined,
    ])
  })
})

test('followers-sync-01: the digest is kept whatever changes follows', async () => {
  await follow(ann, alice)
  await follow(ben, alice, 'pending')
  await follow((await cast('bob')).bob, alice)
  await follow(alice, ann)
  expect(await kept()).toEqual([[stub.domain, xorOf(ann.uri)]])
  await as(alice, acceptFollow, { accountId: ben.account.id })
  await Follow.update({ showsBoosts: false }, { where: { followedId: alice.account.id } })
  expect(await kept()).toEqual([[stub.domain, xorOf(ann.uri, ben.uri)]])
  await as(alice, removeFollower, { accountId: ann.account.id })
  expect(await kept()).toEqual([[stub.domain, xorOf(ben.uri)]])
  await severRelations(alice.ctx, { accountId: ben.account.id, uri: ben.uri })
  expect(await kept()).toEqual([[stub.domain, xorOf()]])
})

describe('federation rule 145, followers-sync-03: the partial list', () => {
  const path = () => `/users/${alice.account.id}/followers_synchronization`
  const asked = async (asker: RemoteActor) => {
    const reply = await answerObject(signedGet(asker, path()))
    return { ...reply, body: JSON.parse(reply?.body ?? 'null') as unknown }
  }

  test('shows a signer the followers of that host alone, to be cached by nobody', async () => {
    const eve = await remoteActor('eve', 'eve.example')
    for (const each of [ann, ben, eve]) await follow(each, alice)
    await alice.account.update({ hidesCollections: true })
    expect(await asked(ann)).toMatchObject({
      status: 200,
      headers: { 'Cache-Control': 'private, no-store', Vary: expect.stringContaining('Signature') },
      body: {
        id: `${followers()}_synchronization`,
        type: 'OrderedCollection',
        orderedItems: [ann.uri, ben.uri],
      },
    })
    expect(await asked(eve)).toMatchObject({ body: { orderedItems: [eve.uri] } })
    const mallory = await remoteActor('mallory', 'example')
    expect(await asked(mallory)).toMatchObject({ body: { orderedItems: [] } })
  })

  test('is refused to whoever does not sign', async () => {
    await follow(ann, alice)
    const headers = { Accept: 'application/activity+json' }
    const answer = await request('GET', path(), undefined, { headers })
    expect(answer.status).toBe(401)
    expect(JSON.stringify(answer.body)).not.toContain(ann.uri)
    const { signature: _, ...rest } = signedGet(ann, path()).headers
    const bad = { ...signedGet(ann, path()), headers: { ...rest, signature: 'keyId="x"' } }
    expect(await answerObject(bad)).toMatchObject({ status: 401 })
  })
})
