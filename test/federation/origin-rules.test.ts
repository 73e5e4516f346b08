import { instance } from '#config/instance'
import { accountUri, postUri } from '#core/addresses'
import { Poll } from '#core/posts/polls/poll.model'
import { voteInPoll } from '#core/posts/polls/vote-in-poll'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { answerObject } from '#federation/federation'
import { loadDocument } from '#federation/load-document'
import { type Json, sameOrigin } from '#federation/properties'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let good: StubFediverse
let evil: StubFediverse
let ann: RemoteActor
let mal: RemoteActor

beforeAll(async () => {
  ;[good, evil] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)
beforeEach(async () => {
  good.clear()
  evil.clear()
  ;[{ alice }, ann, mal] = await Promise.all([cast('alice'), good.actor('ann'), evil.actor('mal')])
  for (const { account } of [ann, mal]) await follow(alice, account)
})

const pathOf = ({ id }: Json) => new URL(String(id)).pathname
const texts = async () => (await Post.findAll({ where: { boostOfId: null } })).map(({ html }) => html)

test('federation rule 53: an object of another host is what its own id gives, or nothing', async () => {
  const [there, missing] = [noteOf(ann, 'there'), noteOf(ann, 'missing')]
  good.serve(pathOf(there), there)
  for (const object of [there, missing])
    for (const type of ['Create', 'Update', 'Announce'])
      await tell(mal, activityOf(mal, type, { ...object, content: '<p>forged</p>' }))
  expect(await texts()).toEqual(['<p>there</p>'])
})

test('federation rule 54: a post of an author on another host is none, brought or fetched', async () => {
  const posing = noteOf(mal, 'posing', { attributedTo: ann.uri })
  evil.serve(pathOf(posing), posing)
  await tell(mal, activityOf(mal, 'Create', posing))
  await tell(mal, activityOf(mal, 'Announce', posing.id))
  await tell(ann, activityOf(ann, 'Create', posing))
  await tell(ann, activityOf(ann, 'Announce', posing.id))
  expect(await Post.count()).toBe(0)
})

test('federation rule 55: nobody brings or changes a post that they are not an author of, not even on their own host', async () => {
  const bob = await good.actor('bob')
  await follow(alice, bob)
  const note = noteOf(ann, 'one')
  good.serve(pathOf(note), note)
  await tell(bob, activityOf(bob, 'Create', note))
  await tell(bob, activityOf(bob, 'Create', noteOf(bob, 'two', { attributedTo: [ann.uri] })))
  expect(await Post.count()).toBe(0)
  await tell(ann, activityOf(ann, 'Create', note))
  const edit = { ...note, content: '<p>forged</p>', updated: new Date(Date.now() + 1000).toISOString() }
  good.serve(pathOf(note), edit)
  await tell(bob, activityOf(bob, 'Update', edit))
  expect(await texts()).toEqual(['<p>one</p>'])
})

test('federation rule 57: what stands inside as by somebody else of the same host is asked of its id', async () => {
  const bob = await good.actor('bob')
  const note = noteOf(ann, 'one')
  await follow(alice, bob)
  for (const type of ['Create', 'Announce']) {
    const id = `${ann.uri}/notes/${type}`
    await tell(bob, activityOf(bob, type, { ...note, id, content: '<p>forged</p>' }))
    expect(good.requests.splice(0)).toEqual([`GET ${new URL(id).pathname}`])
  }
  expect(await Post.count()).toBe(0)
})

test.each(['Create', 'Flag', 'Accept', 'Delete', 'Undo', 'Travel'])(
  'federation rule 66: Undo of a %s is ignored, whatever it is about',
  async (type) => {
    const object = postUri(await post(alice))
    for (const done of ['Like', 'Announce']) {
      const { id: _, ...unnamed } = activityOf(ann, done, object)
      await tell(ann, { ...unnamed, id: `${ann.uri}/${done}s/1` })
    }
    for (const more of [
      {},
      { id: undefined },
      { id: `${ann.uri}/Likes/1` },
      { id: `${ann.uri}/Announces/1` },
    ])
      await tell(ann, activityOf(ann, 'Undo', { ...activityOf(ann, type, object), ...more }))
    await tell(
      ann,
      activityOf(ann, 'Undo', { ...activityOf(ann, type, accountUri(alice.account)), id: undefined }),
    )
    expect([await Reaction.count(), await Post.count(), await Follow.count()]).toEqual([1, 2, 2])
  },
)

test('federation rule 72: a Block with a target is no ban and no block of anybody', async () => {
  const group = await evil.actor('tea', { kind: 'group' })
  await follow(alice, group)
  await post(alice)
  for (const actor of [ann, mal, group])
    for (const target of [group.uri, `https://${evil.domain}/`, instance.origin, actor.uri, null])
      await tell(actor, activityOf(actor, 'Block', accountUri(alice.account), { target }))
  expect([await Block.count(), await Follow.count(), await Post.count()]).toEqual([0, 3, 1])
})

test('federation rule 83: an id with a fragment is asked for without it, and the host counts with its port', async () => {
  const note = { ...noteOf(ann, 'one'), id: `${ann.uri}/notes/one#it` }
  good.serve('/users/ann/notes/one', note)
  expect((await loadDocument(note.id)).document).toMatchObject({ id: note.id })
  expect(new Set(good.requests)).toEqual(new Set(['GET /users/ann/notes/one']))
  const id = 'https://a.example/users/ann'
  expect(sameOrigin(id, 'https://a.example:443/notes/1#b.example')).toBe(true)
  for (const other of [
    'https://a.example:8443/users/ann',
    'https://b.example/users/ann#@a.example',
    'https://a.example.b.example/users/ann',
    'https://a.example@b.example/users/ann',
    'https://sub.a.example/users/ann',
  ])
    expect([other, sameOrigin(id, other)]).toEqual([other, false])
  await tell(
    ann,
    activityOf(ann, 'Create', { ...noteOf(ann, 'two'), id: `http://localhost:1/notes/2#${ann.uri}` }),
  )
  expect(await Post.count()).toBe(0)
})

const ask = async (url: string) => {
  const headers = { accept: 'application/activity+json' }
  const request = { method: 'GET', url, headers, rawBody: Buffer.alloc(0), now: new Date() }
  return answerObject(request).catch(() => undefined)
}

test('federation rule 87: stories, chat messages and votes become no posts and have no public address', async () => {
  const to = [accountUri(alice.account)]
  for (const type of ['Story', 'ChatMessage', 'EncryptedMessage'])
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, type, { type, to, cc: [] }), { to }))
  expect(await Post.count()).toBe(0)
  const draft = { options: ['tea', 'coffee'], isMultiple: false, expiresAt: null }
  const asked = await post(ann.account, { uri: `${ann.uri}/notes/poll`, poll: draft })
  const poll = await Poll.findOne({ where: { postId: asked.id }, rejectOnEmpty: true })
  await voteInPoll(alice.ctx, { pollId: poll.id, choices: [1] })
  await settle()
  const [sent] = await sentActivities()
  const { id, object } = sent as { id: string; object: { id: string } }
  for (const address of [id, object.id])
    for (const url of [address, address.replace('#', '/'), address.split('#')[0]!])
      expect((await ask(url))?.body ?? '').not.toContain('coffee')
  expect(await Post.count()).toBe(1)
})
