import { accountUri, postUri } from '#core/addresses'
import { Conversation } from '#core/notifications/conversation.model'
import { Notification } from '#core/notifications/notification.model'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { homeFeed } from '#core/timelines/home-feed'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { firstIdOf } from '#platform/ids'
import { cast, member, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import {
  activityOf,
  noteOf,
  type RemoteActor,
  remoteActor,
  signedPost,
  tell,
} from '#test/support/remote-actor'
import { letTimePass } from '#test/support/let-time-pass'
import { readPage } from '#test/support/read-page'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
beforeEach(async () => {
  ;[{ alice }, ann] = await Promise.all([cast('alice'), remoteActor('ann')])
})

const HOUR = 3600
const DAY = 24 * HOUR

const befriend = () => follow(alice, ann)
const home = async () => (await readPage(homeFeed(alice.ctx, { limit: 40 }))).ids
const inbox = () => rows({}, `SELECT 1 FROM owed_work WHERE kind = 'inbox'`)

describe.each([0, HOUR, DAY])('what comes in the wrong order, %d seconds apart', (distance) => {
  test('R-023: a Create after its Delete', async () => {
    await befriend()
    await tell(ann, activityOf(ann, 'Delete', `${ann.uri}/notes/one`))
    await letTimePass(distance)
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one')))
    expect(await Post.count()).toBe(0)
  })

  test('R-023: an Update before its Create', async () => {
    await befriend()
    const published = new Date(Date.now() - 60_000).toISOString()
    const newer = noteOf(ann, 'one', {
      published,
      updated: new Date().toISOString(),
      content: '<p>newer</p>',
    })
    await tell(ann, activityOf(ann, 'Update', newer))
    await letTimePass(distance)
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one', { published })))
    expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>newer</p>' })])
  })

  test('R-023: an answer before its parent', async () => {
    await befriend()
    const parent = noteOf(ann, 'parent')
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'answer', { inReplyTo: parent.id })))
    await letTimePass(distance)
    await tell(ann, activityOf(ann, 'Create', parent))
    const stored = await Post.findOne({ where: { uri: String(parent.id) }, rejectOnEmpty: true })
    expect(stored.repliesCount).toBe(1)
    expect(await Post.count({ where: { replyToId: stored.id } })).toBe(1)
  })

  test('R-023: an Undo before its Follow, Like, Announce and Block', async () => {
    const own = await post(alice)
    const objects = { Follow: accountUri(alice.account), Block: accountUri(alice.account) }
    const all = ['Follow', 'Like', 'Announce', 'Block'].map((type) =>
      activityOf(ann, type, objects[type as 'Follow'] ?? postUri(own)),
    )
    for (const undone of all) await tell(ann, activityOf(ann, 'Undo', undone))
    await letTimePass(distance)
    for (const done of all) await tell(ann, done)
    expect([await Follow.count(), await Reaction.count(), await Post.count(), await Block.count()]).toEqual([
      0, 0, 1, 0,
    ])
  })

  test('R-023, federation rule 120: an Accept before the follow is committed', async () => {
    const id = firstIdOf(new Date())
    const follow = { id: `${accountUri(alice.account)}/follows/${id}`, type: 'Follow', object: ann.uri }
    await tell(ann, activityOf(ann, 'Accept', { ...follow, actor: accountUri(alice.account) }))
    expect(await inbox()).toHaveLength(1)
    await letTimePass(distance)
    const followerId = alice.account.id
    await Follow.create({ id, followerId, followedId: ann.account.id, state: 'pending' })
    await letTimePass(0)
    expect((await Follow.findByPk(id))?.state).toBe('accepted')
    expect((await ann.account.reload()).followersCount).toBe(1)
    expect(await inbox()).toEqual([])
  })

  test('R-023: a Create before the Accept of a follow', async () => {
    const { id } = await follow(alice, ann, 'pending')
    await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'first')))
    await letTimePass(distance)
    expect(await home()).toEqual([])
    const asked = { id: `${accountUri(alice.account)}/follows/${id}`, type: 'Follow', object: ann.uri }
    await tell(ann, activityOf(ann, 'Accept', { ...asked, actor: accountUri(alice.account) }))
    await settle()
    const first = await Post.findOne({ where: { uri: `${ann.uri}/notes/first` }, rejectOnEmpty: true })
    expect(await home()).toEqual([first.id])
  })

  test('R-023: votes before their Question', async () => {
    const id = firstIdOf(new Date())
    const uri = `${accountUri(alice.account)}/posts/${id}`
    const vote = (option: string) => ({
      ...noteOf(ann, `vote-${option}`, {
        name: option,
        inReplyTo: uri,
        to: [accountUri(alice.account)],
        cc: [],
      }),
      content: undefined,
    })
    for (const option of ['Tea', 'Milk'])
      await tell(ann, activityOf(ann, 'Create', vote(option), { to: [accountUri(alice.account)] }))
    expect(await inbox()).toHaveLength(2)
    await letTimePass(distance)
    await Post.create({
      id,
      authorId: alice.account.id,
      visibility: 'public',
      threadId: id,
      publishedAt: new Date(),
    })
    await Poll.create({
      postId: id,
      options: ['Tea', 'Milk'],
      tallies: [0, 0],
      votersCount: 0,
      isMultiple: true,
      expiresAt: new Date(Date.now() + HOUR * 1000),
    })
    await letTimePass(0)
    expect(await Poll.findOne()).toMatchObject({ tallies: [1, 1], votersCount: 1 })
    expect(await inbox()).toEqual([])
  })
})

test('R-020, R-023: an answer that came before its parent is in the homes that it belongs to', async () => {
  const { bob } = await cast('bob')
  const eve = await remoteActor('eve', 'other.example')
  for (const each of [ann, eve]) await follow(alice, each)
  await follow(bob, eve)
  const homes = async () => {
    const all = await Promise.all([alice, bob].map(({ ctx }) => readPage(homeFeed(ctx, { limit: 40 }))))
    return all.map(({ ids }) => ids.length)
  }
  expect(await homes()).toEqual([0, 0])
  const parent = noteOf(ann, 'parent', { published: new Date(Date.now() - 60_000).toISOString() })
  await tell(eve, activityOf(eve, 'Create', noteOf(eve, 'answer', { inReplyTo: parent.id })))
  expect(await homes()).toEqual([0, 0])
  await tell(ann, activityOf(ann, 'Create', parent))
  // Bob does not follow the one who is answered.
  expect(await homes()).toEqual([2, 0])
})

test('a vote in a poll that was deleted, and an Accept of a follow that ended, wait for nothing', async () => {
  const own = await post(alice)
  const id = firstIdOf(new Date(Date.now() - 2 * DAY * 1000))
  const inReplyTo = postUri(own)
  await rows({}, 'INSERT INTO tombstones (uri) VALUES ($1)', [inReplyTo])
  await own.destroy()
  const vote = { ...noteOf(ann, 'vote', { name: 'Tea', inReplyTo, cc: [] }), content: undefined }
  await tell(ann, activityOf(ann, 'Create', vote))
  await tell(ann, activityOf(ann, 'Accept', `${accountUri(alice.account)}/follows/${id}`))
  expect(await inbox()).toEqual([])
})

test('PLEROMA-2.0.3-b: no Accept makes a follow that a member did not ask for', async () => {
  const mal = await remoteActor('mal', 'evil.example')
  const [actor, followerId] = [accountUri(alice.account), alice.account.id]
  const ended = await Follow.create({ followerId, followedId: ann.account.id, state: 'pending' })
  await ended.destroy()
  const ids = [
    `${actor}/follows/1`,
    `${actor}/follows/${ended.id}`,
    'https://remote.example/made-up',
    undefined,
  ]
  const accept = async (who: RemoteActor, object: unknown) => {
    await tell(who, activityOf(who, 'Accept', object))
    await letTimePass(0)
  }
  for (const id of ids) await accept(ann, { id, type: 'Follow', actor, object: ann.uri })
  expect(await Follow.count()).toBe(0)
  const asked = await Follow.create({ followerId, followedId: ann.account.id, state: 'pending' })
  await accept(ann, `${actor}/follows/${ended.id}`)
  await accept(ann, { id: `${actor}/follows/${ended.id}`, type: 'Follow', actor, object: ann.uri })
  await accept(mal, `${actor}/follows/${asked.id}`)
  await accept(mal, { type: 'Follow', actor, object: ann.uri })
  expect((await asked.reload()).state).toBe('pending')
})

test('R-024: of two edits the newer one wins, whichever comes first', async () => {
  await befriend()
  const published = new Date(Date.now() - HOUR * 1000).toISOString()
  const edit = (minutes: number): Json =>
    activityOf(
      ann,
      'Update',
      noteOf(ann, 'one', {
        published,
        updated: new Date(Date.now() - minutes * 60_000).toISOString(),
        content: `<p>${minutes} minutes ago</p>`,
      }),
    )
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one', { published })))
  await tell(ann, edit(5))
  await tell(ann, edit(10))
  expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>5 minutes ago</p>' })])
  const revisions = await rows({}, 'SELECT html FROM post_edits ORDER BY created_at')
  expect(revisions).toEqual([{ html: '<p>one</p>' }])
})

test('R-027, federation rule 44: one activity to 50 members, at their own inboxes and the shared one, is one post and 50 effects', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `member${at}`)
  const members = await Promise.all(names.map((name) => member(name)))
  const to = members.map(({ account }) => accountUri(account))
  const tag = to.map((href) => ({ type: 'Mention', href }))
  const activity = activityOf(ann, 'Create', noteOf(ann, 'one', { to, tag, cc: [] }), { to })
  const inboxes = ['/inbox', ...members.map(({ account }) => `/users/${account.id}/inbox`)]
  const receipts = await Promise.all(inboxes.map((path) => takeActivity(signedPost(ann, activity, path))))
  expect(receipts.map(({ status }) => status)).toEqual(inboxes.map(() => 202))
  await settle()
  expect(await Post.count()).toBe(1)
  const notified = (await Notification.findAll()).map(({ accountId, kind }) => `${kind} ${accountId}`)
  expect(notified.sort()).toEqual(members.map(({ account }) => `mention ${account.id}`).sort())
  expect(await Conversation.count()).toBe(50)
})
