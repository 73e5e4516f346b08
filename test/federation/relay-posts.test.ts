import { postUri } from '#core/addresses'
import { Notification } from '#core/notifications/notification.model'
import { Post } from '#core/posts/post.model'
import { unsubscribeFromRelay } from '#core/relays/unsubscribe-from-relay'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { PUBLIC } from '#federation/vocabulary'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { ask, operator, relayActor, subscribed } from '#test/support/relays'
import { activityOf, noteOf, type RemoteActor, signedPost, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { startFediverse, type StubFediverse } from '#test/support/stub-actors'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let stub: StubServer
let home: RemoteActor
let far: StubFediverse
let vic: RemoteActor

beforeAll(async () => {
  far = await startFediverse()
})
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  stub = await startStub()
  ;[{ alice }, home, vic] = await Promise.all([cast('alice'), relayActor(stub), far.actor('vic')])
})
afterEach(() => stub.stop())

const joined = () => subscribed(home, `${stub.origin}/inbox`)

const served = (name: string, more: Json = {}): Json => {
  const note = noteOf(vic, name, more)
  far.serve(`/users/vic/notes/${name}`, note)
  return note
}
const timeline = async (path: string) =>
  (await client(alice).get(`/api/v1/timelines/${path}`)).body.map(({ uri }: { uri: string }) => uri)
const forward = async (activity: Json) => {
  const receipt = await takeActivity(signedPost(home, activity))
  await settle()
  return receipt
}

test('relays-03, relays-05: what it announces is fetched, stands in the federated timeline alone and tells nobody', async () => {
  await joined()
  const note = served('one')
  await tell(home, activityOf(home, 'Announce', note.id))
  expect(await Post.findAll()).toEqual([
    expect.objectContaining({ uri: note.id, authorId: vic.account.id, boostsCount: 0 }),
  ])
  expect(await timeline('public')).toEqual([note.id])
  expect(await timeline('public?local=true')).toEqual([])
  expect(await timeline('home')).toEqual([])
  expect(await Notification.count()).toBe(0)
})

test('relays-03: of what stands in an Announce nothing is believed, and what its origin does not have is not taken', async () => {
  await joined()
  const note = served('one', { content: '<p>true</p>' })
  const forged = { ...note, content: '<p>forged</p>' }
  await tell(home, activityOf(home, 'Announce', activityOf(vic, 'Create', forged)))
  expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>true</p>' })])
  await tell(home, activityOf(home, 'Announce', noteOf(vic, 'two')))
  expect(await Post.count()).toBe(1)
})

test('relays-05: it boosts nothing, also not what members wrote or what is here already', async () => {
  await joined()
  const own = await post(alice)
  const known = await post(vic, { uri: String(served('one').id) })
  for (const each of [own, known]) await tell(home, activityOf(home, 'Announce', postUri(each)))
  expect(await Post.count()).toBe(2)
  expect(await own.reload()).toMatchObject({ boostsCount: 0 })
  expect(await Notification.count()).toBe(0)
})

test('relays-03: a Create that it passes on is fetched from its origin; of others, and unlisted ones, nothing is taken', async () => {
  const relay = await joined()
  const note = served('one', { content: '<p>true</p>' })
  expect(await forward(activityOf(vic, 'Create', { ...note, content: '<p>forged</p>' }))).toMatchObject({
    status: 202,
  })
  expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>true</p>' })])
  await forward(activityOf(vic, 'Create', noteOf(vic, 'nowhere')))
  await forward(activityOf(vic, 'Create', served('quiet', { to: [`${vic.uri}/followers`], cc: [PUBLIC] })))
  expect(await Post.count()).toBe(1)
  await relay.update({ state: 'rejected' })
  await forward(activityOf(vic, 'Create', served('late')))
  expect(await Post.count()).toBe(1)
})

test('federation rule 22: an edit or a deletion that it passes on counts as the origin says', async () => {
  await joined()
  const note = served('one')
  await forward(activityOf(vic, 'Create', note))
  await forward(activityOf(vic, 'Delete', note.id))
  expect(await Post.count()).toBe(1)
  far.serve('/users/vic/notes/one', { ...note, content: '<p>new</p>', updated: new Date().toISOString() })
  await forward(activityOf(vic, 'Update', { ...note, content: '<p>forged</p>' }))
  expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>new</p>' })])
  far.serve('/users/vic/notes/one', undefined)
  await forward({ ...activityOf(vic, 'Delete', note.id) })
  expect(await Post.count()).toBe(0)
})

test('relays-03: a relay that was not asked, has not answered or was left brings nothing', async () => {
  const note = served('one')
  await tell(home, activityOf(home, 'Announce', note.id))
  const relay = await ask(home.uri)
  await tell(home, activityOf(home, 'Announce', note.id))
  await relay.update({ state: 'accepted' })
  await unsubscribeFromRelay(operator, { url: home.uri })
  await tell(home, activityOf(home, 'Announce', note.id))
  expect(far.requests).not.toContain('GET /users/vic/notes/one')
  await forward(activityOf(vic, 'Create', note))
  expect(await Post.count()).toBe(0)
})
