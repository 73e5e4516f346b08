import { accountUri } from '#core/addresses'
import { removePost } from '#core/posts/remove-post'
import { nameMore } from '#core/posts/name-more'
import { Post } from '#core/posts/post.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
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

test('a post that is gone meanwhile names nobody', async () => {
  const { id, uri } = await taken('one')
  await removePost(alice.ctx, { uri: uri!, actorId: ann.account.id })
  await nameMore(alice.ctx, { postId: id, mentions: [{ accountId: alice.account.id }] })
  expect(await rows({}, 'SELECT 1 FROM mentions')).toEqual([])
})
