import type { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { isJson, type Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { documentAt } from '#federation/documents'
import { as, cast, type Member } from '#test/factories/account'
import { group } from '#test/factories/group'
import type { RemoteActor } from '#test/support/remote-actor'
import { signedPost } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let stub: StubServer
let lena: RemoteActor
let alice: Member
let tea: Account
let teaUri: string

beforeAll(async () => {
  stub = await startStub()
})
afterAll(() => stub.stop())

beforeEach(async () => {
  stub.arrivals.length = 0
  ;({ alice } = await cast('alice'))
  tea = await group(alice)
  teaUri = accountUri(tea)
  lena = await stubActor(stub, 'lena')
})

const send = async (activity: Json) => {
  const receipt = await takeActivity(signedPost(lena, activity))
  await settle({ except: ['schedule'] })
  return receipt
}

// As Lemmy writes them: no context but a list, one receiver, ids below /activities.
const lemmy = (type: string, object: unknown, more: Json = {}): Json => ({
  '@context': ['https://join-lemmy.org/context.json', 'https://www.w3.org/ns/activitystreams'],
  id: `${stub.origin}/activities/${type.toLowerCase()}/${crypto.randomUUID()}`,
  type,
  actor: lena.uri,
  object,
  ...more,
})
const join = () => lemmy('Follow', teaUri, { to: [teaUri] })
const arrived = (type: string) =>
  stub.arrivals.filter((each) => each.type === type).map(({ activity }) => activity)

/** What a strict reader of plain JSON asks of what a community announces. */
function assertReadable(announce: Json): void {
  expect(announce).toMatchObject({ id: expect.stringMatching(/^https?:/), actor: teaUri, type: 'Announce' })
  expect(announce.to).toEqual([PUBLIC])
  expect(announce.cc).toEqual([`${teaUri}/followers`])
  const inner = announce.object as Json
  for (const name of ['id', 'actor', 'type']) expect(typeof inner[name]).toBe('string')
  for (const name of ['to', 'cc']) expect(Array.isArray(inner[name])).toBe(true)
  expect(new URL(String(inner.id)).host).toBe(new URL(String(inner.actor)).host)
}

test('groups-01: somebody of Lemmy reads what it needs of a group, follows it, and is answered with the Follow whole', async () => {
  const { pathname } = new URL(teaUri)
  const { body } = (await documentAt(pathname, async () => undefined))!
  for (const name of [
    'id',
    'type',
    'preferredUsername',
    'inbox',
    'outbox',
    'followers',
    'attributedTo',
    'published',
  ])
    expect([name, typeof body[name]]).toEqual([name, 'string'])
  expect(body.publicKey).toMatchObject({ owner: teaUri, publicKeyPem: expect.stringContaining('PUBLIC KEY') })
  expect('movedTo' in body).toBe(false)
  const moderators = (await documentAt(`${pathname}/moderators`, async () => undefined))!.body
  expect(moderators).toMatchObject({ type: 'OrderedCollection', orderedItems: [accountUri(alice.account)] })
  const follow = join()
  await send(follow)
  const { id, object } = follow
  expect(arrived('Accept')).toMatchObject([
    { actor: teaUri, object: { id, type: 'Follow', actor: lena.uri, object } },
  ])
})

test('groups-02, groups-03, groups-07: they get what is posted here as an Announce of the Create, and one of the post itself', async () => {
  await send(join())
  const { id } = await as(alice, createPost, { text: '@tea is it hot?' })
  await settle({ except: ['schedule'] })
  const announces = arrived('Announce')
  const [whole, plain] = [
    announces.find(({ object }) => isJson(object)),
    announces.find(({ object }) => !isJson(object)),
  ]
  assertReadable(whole!)
  const uri = postUri({ id, uri: null, authorId: alice.account.id })
  expect(plain?.object).toBe(uri)
  const note = (whole!.object as Json).object as Json
  expect(note).toMatchObject({
    id: uri,
    type: 'Note',
    attributedTo: accountUri(alice.account),
    audience: teaUri,
  })
  expect(note.to).toEqual([PUBLIC, teaUri])
  expect(Array.isArray(note.tag)).toBe(true)
})

test('groups-02: a page that they post comes back to them as they wrote it, and so do their votes', async () => {
  await send(join())
  const page = {
    type: 'Page',
    id: `${stub.origin}/post/1`,
    attributedTo: lena.uri,
    to: [teaUri, PUBLIC],
    cc: [],
    audience: teaUri,
    name: 'About green tea',
    content: '<p>It is green</p>',
    attachment: [],
    sensitive: false,
    published: new Date().toISOString(),
    tag: [],
  }
  const create = lemmy('Create', page, { to: [PUBLIC], cc: [teaUri], audience: teaUri })
  expect((await send(create)).status).toBe(202)
  const like = lemmy('Like', page.id, { audience: teaUri })
  await send(like)
  const inner = arrived('Announce').map(({ object }) => object)
  expect(inner).toEqual([create, page.id, like])
})
