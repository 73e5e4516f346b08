import { accountUri, postUri } from '#core/addresses'
import { pinPost } from '#core/posts/marks/pin-post'
import { unpinPost } from '#core/posts/marks/unpin-post'
import { Post } from '#core/posts/post.model'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
const featuredUrl = 'https://remote.example/users/ann/featured'
beforeEach(async () => {
  ;[{ alice }, ann] = await Promise.all([
    cast('alice'),
    remoteActor('ann', 'remote.example', { featuredUrl }),
  ])
})

const sent = async () => (await sentActivities()).filter(({ type }) => type !== 'Create')

test('followers elsewhere are told of what a member pins and unpins, each time', async () => {
  await follow(ann.account, alice.account)
  const own = await post(alice)
  for (const _ of [1, 2]) {
    await as(alice, pinPost, { postId: own.id })
    await settle()
    await as(alice, unpinPost, { postId: own.id })
    await settle()
  }
  const told = await sent()
  expect(told.map(({ type }) => type)).toEqual(['Add', 'Remove', 'Add', 'Remove'])
  expect(new Set(told.map(({ id }) => id)).size).toBe(4)
  expect(told[0]).toMatchObject({
    actor: accountUri(alice.account),
    object: postUri(own),
    target: `${accountUri(alice.account)}/featured`,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    cc: [`${accountUri(alice.account)}/followers`],
  })
})

test('what only followers may see is pinned without a word to other servers', async () => {
  await follow(ann.account, alice.account)
  const own = await post(alice, { visibility: 'private' })
  await as(alice, pinPost, { postId: own.id })
  await settle()
  expect(await sent()).toEqual([])
})

describe('Add and Remove from elsewhere', () => {
  let note: Post
  const uri = 'https://remote.example/users/ann/notes/one'
  const isPinned = async () => (await note.reload()).pinnedAt !== null
  beforeEach(async () => {
    await follow(alice.account, ann.account)
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one')))
    note = await Post.findOne({ where: { uri }, rejectOnEmpty: true })
  })

  test('by the owner of the collection pin and unpin', async () => {
    const add = activityOf(ann, 'Add', uri, { target: featuredUrl })
    await tell(ann, add)
    expect(await isPinned()).toBe(true)
    await tell(ann, activityOf(ann, 'Remove', { id: uri, type: 'Note' }, { target: { id: featuredUrl } }))
    expect(await isPinned()).toBe(false)
  })

  test.each([
    ['another collection of the sender', 'https://remote.example/users/ann/followers'],
    ['a collection of somebody else', 'https://remote.example/users/mal/featured'],
    ['no collection', undefined],
  ])('federation rule 69: of %s change nothing', async (_what, target) => {
    await tell(ann, activityOf(ann, 'Add', uri, { target }))
    expect(await isPinned()).toBe(false)
  })

  test('federation rules 69, 70: by somebody else, or of posts of others, change nothing', async () => {
    const mal = await remoteActor('mal', 'remote.example', {
      featuredUrl: 'https://remote.example/users/mal/featured',
    })
    const own = await post(alice)
    await tell(mal, activityOf(mal, 'Add', uri, { target: featuredUrl }))
    await tell(mal, activityOf(mal, 'Add', uri, { target: mal.account.featuredUrl }))
    await tell(ann, activityOf(ann, 'Add', postUri(own), { target: featuredUrl }))
    expect([await isPinned(), (await own.reload()).pinnedAt]).toEqual([false, null])
    await note.update({ pinnedAt: new Date() })
    await tell(mal, activityOf(mal, 'Remove', uri, { target: featuredUrl }))
    expect(await isPinned()).toBe(true)
  })

  test('of more posts than are kept let go of the oldest', async () => {
    for (let at = 0; at < 21; at += 1) {
      const { id } = await post(ann.account, { uri: `${ann.uri}/notes/pin${at}` })
      await tell(ann, activityOf(ann, 'Add', `${ann.uri}/notes/pin${at}`, { target: featuredUrl }))
      if (at === 0) note = (await Post.findByPk(id))!
    }
    expect(await isPinned()).toBe(false)
    expect((await Post.findAll()).filter(({ pinnedAt }) => pinnedAt)).toHaveLength(20)
  })
})
