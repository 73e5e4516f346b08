import { postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { Follow } from '#core/relationships/follow.model'
import { takeActivity } from '#federation/take-activity'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
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
  await Follow.create({ followerId: alice.account.id, followedId: vic.account.id, state: 'accepted' })
})

const forward = async (activity: ReturnType<typeof activityOf>) => {
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
