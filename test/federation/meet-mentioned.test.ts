import { accountUri } from '#core/addresses'
import { instance } from '#config/instance'
import { removePost } from '#core/posts/remove-post'
import { nameMore } from '#core/posts/name-more'
import { Post } from '#core/posts/post.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { startFediverse, type StubFediverse } from '#test/support/stub-actors'

let stub: StubFediverse
let ann: RemoteActor
let alice: Member

beforeAll(async () => {
  stub = await startFediverse()
})
afterAll(closeListeners)

beforeEach(async () => {
  stub.clear()
  ;({ alice } = await cast('alice'))
  ann = await stub.actor('ann')
  await follow(alice, ann)
})

const mention = (href: string): Json => ({ type: 'Mention', href, name: '@somebody' })
const asked = () => stub.requests.filter((each) => each.startsWith('GET /users/'))

async function taken(name: string, ...hrefs: string[]): Promise<Post> {
  const note = noteOf(ann, name, { tag: hrefs.map(mention) })
  await tell(ann, activityOf(ann, 'Create', note))
  return Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
}

test('federation rule 102: who is mentioned and not known here is fetched and shown, in the order of the post', async () => {
  stub.describe('new', {})
  stub.describe('newer', {})
  const us = accountUri(alice.account)
  const { id } = await taken('one', stub.uri('newer'), us, stub.uri('gone'), stub.uri('new'))
  const { body } = await client(alice).get(`/api/v1/statuses/${id}`)
  expect(body.mentions.map(({ username }: { username: string }) => username)).toEqual([
    'newer',
    'alice',
    'new',
  ])
  const notified = (await client(alice).get('/api/v1/notifications')).body
  expect(notified.map(({ type }: { type: string }) => type)).toEqual(['mention'])
})

test('federation rule 102: whoever is known is not asked for again, and of many only ten are', async () => {
  await taken('one', ann.uri)
  expect(asked()).toEqual([])
  const names = Array.from({ length: 30 }, (_, at) => `n${at}`)
  for (const name of names) stub.describe(name, {})
  await taken('two', ...names.map(stub.uri))
  expect(asked()).toHaveLength(10)
})

test('federation rule 34: nobody is asked for who is mentioned in a post that concerns nobody', async () => {
  await Follow.destroy({ where: { followedId: ann.account.id } })
  stub.describe('new', {})
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one', { tag: [mention(stub.uri('new'))] })))
  expect(asked()).toEqual([])
})

const named = async ({ id }: Post): Promise<string[]> => {
  const { status, body } = await client(alice).get(`/api/v1/statuses/${id}`)
  expect(status).toBe(200)
  expectEntity('Status', body)
  return body.mentions.map(({ acct }: { acct: string }) => acct)
}

test.each([
  ['none', undefined],
  ['a bare one', '@lain'],
  ['nothing in it', ''],
  ['that of somebody else', '@bob@kith.example'],
  ['no text at all', { toString: 1 }],
])('mentions-03: a mention counts by its href, and %s for a name changes nothing', async (_what, name) => {
  await cast('bob')
  const tag = { type: ['Link', 'Mention'], href: accountUri(alice.account), name }
  const note = noteOf(ann, 'one', { tag })
  await tell(ann, activityOf(ann, 'Create', note))
  expect(await named(await Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true }))).toEqual([
    'alice',
  ])
  const { body } = await client(alice).get('/api/v1/notifications')
  expect(body.map(({ type }: { type: string }) => type)).toEqual(['mention'])
})

test('mentions-03: a href may be the page or the handle of whom it names, here and elsewhere, and nobody is named twice', async () => {
  const { bob } = await cast('bob')
  await stranger('joe', 'one.example')
  await stranger('max', 'two.example', { url: 'https://one.example/@zoe' })
  const hrefs = [
    `${instance.origin}/@Alice`,
    `acct:bob@${instance.domain}`,
    'acct:Joe@one.example',
    'https://one.example/@joe',
    accountUri(bob.account),
  ]
  expect(await named(await taken('one', ...hrefs))).toEqual(['alice', 'bob', 'joe@one.example'])
  // A page that says it is on the server of somebody else is nobody's.
  expect(
    await named(await taken('two', 'https://one.example/@zoe', 'acct:alice', 'mailto:joe@one.example')),
  ).toEqual([])
})

test('mentions-03: whoever is not known here is met by their page and by their handle, too', async () => {
  for (const name of ['new', 'newer']) stub.describe(name, { url: `http://${stub.domain}/@${name}` })
  stub.serve('/@new', { id: stub.uri('new'), type: 'Person' })
  const post = await taken('one', `http://${stub.domain}/@new`, `acct:newer@${stub.domain}`)
  expect(await named(post)).toEqual([`new@${stub.domain}`, `newer@${stub.domain}`])
})

test('a post that is gone meanwhile names nobody', async () => {
  const { id, uri } = await taken('one')
  await removePost(alice.ctx, { uri: uri!, actorId: ann.account.id })
  await nameMore(alice.ctx, { postId: id, mentions: [{ accountId: alice.account.id }] })
  expect(await rows({}, 'SELECT 1 FROM mentions')).toEqual([])
})
