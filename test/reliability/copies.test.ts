import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { Report } from '#core/moderation/report.model'
import { Notification } from '#core/notifications/notification.model'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { owe } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { activityOf, noteOf, type RemoteActor, remoteActor, signedPost } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

const COPIES = 200

let alice: Member
let ann: RemoteActor
beforeEach(async () => {
  ;[{ alice }, ann] = await Promise.all([cast('alice'), remoteActor('ann')])
})

/** Posts copies of an activity to the inbox all at once, and does what follows. */
async function post200(activity: Json): Promise<void> {
  const request = signedPost(ann, activity)
  const receipts = await Promise.all(Array.from({ length: COPIES }, () => takeActivity(request)))
  expect(new Set(receipts.map(({ status }) => status))).toEqual(new Set([202]))
  await settle()
}

/** Works on copies of an activity side by side, as if nobody had noticed at the inbox that they are copies. */
async function work200(activity: Json): Promise<void> {
  const copies = Array.from({ length: COPIES }, () => ({
    kind: 'inbox',
    payload: { activity, isForwarded: false },
  }))
  await transact({}, (ctx) => owe(ctx, copies))
  await settle()
}

const follows = (follower: Account, followed: Account) =>
  transact({}, async ({ tx: transaction }) => {
    await Follow.create(
      { followerId: follower.id, followedId: followed.id, state: 'accepted' },
      { transaction },
    )
    await follower.increment('followingCount', { transaction })
    await followed.increment('followersCount', { transaction })
  })
const notified = async (): Promise<string[]> =>
  (await Notification.findAll({ order: ['id'] })).map(({ kind }) => kind)
const dead = async (): Promise<number> =>
  (await rows({}, 'SELECT 1 FROM owed_work WHERE dead_at IS NOT NULL')).length
const sent = async (type: string): Promise<number> =>
  (await rows({}, `SELECT 1 FROM outgoing_activities WHERE body::jsonb ->> 'type' = $1`, [type])).length

describe.each([
  ['at the inbox', post200],
  ['past the inbox', work200],
])('R-021: 200 copies %s', (_where, flood) => {
  afterEach(async () => expect(await dead()).toBe(0))

  test('of a Create are one post, one notification and one answer counted', async () => {
    const own = await post(alice, {})
    const tag = [{ type: 'Mention', href: accountUri(alice.account), name: '@alice' }]
    await flood(activityOf(ann, 'Create', noteOf(ann, 'one', { tag, inReplyTo: postUri(own) })))
    expect(await Post.count()).toBe(2)
    expect((await own.reload()).repliesCount).toBe(1)
    expect((await ann.account.reload()).postsCount).toBe(1)
    expect(await notified()).toEqual(['mention'])
  })

  test('of a Follow are one follow, one notification and one Accept', async () => {
    await flood(activityOf(ann, 'Follow', accountUri(alice.account)))
    expect(await Follow.count()).toBe(1)
    expect((await alice.account.reload()).followersCount).toBe(1)
    expect(await notified()).toEqual(['follow'])
    expect(await sent('Accept')).toBe(1)
  })

  test('of a Like are one favourite and one notification', async () => {
    const own = await post(alice, {})
    await flood(activityOf(ann, 'Like', postUri(own)))
    expect([await Reaction.count(), (await own.reload()).favouritesCount]).toEqual([1, 1])
    expect(await notified()).toEqual(['favourite'])
  })

  test('of an Announce are one boost and one notification', async () => {
    const own = await post(alice, {})
    await flood(activityOf(ann, 'Announce', postUri(own)))
    expect([await Post.count(), (await own.reload()).boostsCount]).toEqual([2, 1])
    expect(await notified()).toEqual(['reblog'])
  })

  test('of a Delete take the post away and count once', async () => {
    await follows(alice.account, ann.account)
    await flood(activityOf(ann, 'Create', noteOf(ann, 'one')))
    await flood(activityOf(ann, 'Create', noteOf(ann, 'two')))
    await flood(activityOf(ann, 'Delete', `${ann.uri}/notes/one`))
    expect((await Post.findAll()).map(({ uri }) => uri)).toEqual([`${ann.uri}/notes/two`])
    expect((await ann.account.reload()).postsCount).toBe(1)
  })

  test('of a Block are one block, and end a follow once', async () => {
    await follows(alice.account, ann.account)
    await flood(activityOf(ann, 'Block', accountUri(alice.account)))
    expect([await Block.count(), await Follow.count()]).toEqual([1, 0])
    expect((await ann.account.reload()).followersCount).toBe(0)
  })

  test('of a Flag are one report', async () => {
    await flood(activityOf(ann, 'Flag', [accountUri(alice.account)], { content: 'spam' }))
    expect(await Report.count()).toBe(1)
  })

  test('of an Accept are one accepted follow, counted once', async () => {
    const { id } = await Follow.create({
      followerId: alice.account.id,
      followedId: ann.account.id,
      state: 'pending',
    })
    await flood(activityOf(ann, 'Accept', `${accountUri(alice.account)}/follows/${id}`))
    expect(await Follow.findOne()).toMatchObject({ state: 'accepted' })
    expect((await alice.account.reload()).followingCount).toBe(1)
    expect((await ann.account.reload()).followersCount).toBe(1)
  })
})

describe('out of order', () => {
  test('R-023: an answer that came before what it answers joins its thread and is counted', async () => {
    await follows(alice.account, ann.account)
    const parent = noteOf(ann, 'parent')
    await work200(activityOf(ann, 'Create', noteOf(ann, 'answer', { inReplyTo: parent.id })))
    await work200(activityOf(ann, 'Create', parent))
    const [first, answer] = await Promise.all(
      ['parent', 'answer'].map((name) =>
        Post.findOne({ where: { uri: `${ann.uri}/notes/${name}` }, rejectOnEmpty: true }),
      ),
    )
    expect(answer).toMatchObject({ replyToId: first!.id, threadId: first!.threadId })
    expect(first!.repliesCount).toBe(1)
  })

  test('R-025: of a Create and a Delete that are worked on at once nothing is left, whoever is first', async () => {
    await follows(alice.account, ann.account)
    const names = Array.from({ length: 100 }, (_, at) => `pair${at}`)
    const activities = names.flatMap((name) => {
      const pair = [
        activityOf(ann, 'Create', noteOf(ann, name)),
        activityOf(ann, 'Delete', `${ann.uri}/notes/${name}`),
      ]
      return Math.random() < 0.5 ? pair : pair.reverse()
    })
    await transact({}, (ctx) =>
      owe(
        ctx,
        activities.map((activity) => ({ kind: 'inbox', payload: { activity, isForwarded: false } })),
      ),
    )
    await settle()
    expect(await Post.count()).toBe(0)
    expect((await ann.account.reload()).postsCount).toBe(0)
    expect(await dead()).toBe(0)
  })

  test('R-022: what comes again when all marks are gone has no second effect', async () => {
    const own = await post(alice, {})
    await follows(alice.account, ann.account)
    const all = [
      activityOf(ann, 'Create', noteOf(ann, 'one')),
      activityOf(ann, 'Create', noteOf(ann, 'gone')),
      activityOf(ann, 'Delete', `${ann.uri}/notes/gone`),
      activityOf(ann, 'Like', postUri(own)),
      activityOf(ann, 'Announce', postUri(own)),
      activityOf(ann, 'Follow', accountUri(alice.account)),
    ]
    const state = async () => [
      await Post.count(),
      await Reaction.count(),
      await Follow.count(),
      await Notification.count(),
      (await own.reload()).get(),
      (await Account.findAll({ order: ['id'] })).map((each) => each.get()),
    ]
    for (const activity of all) {
      await takeActivity(signedPost(ann, activity))
      await settle()
    }
    const before = await state()
    await rows({}, 'DELETE FROM received_activities')
    for (const activity of all) {
      await takeActivity(signedPost(ann, activity))
      await settle()
    }
    expect(await state()).toEqual(before)
  })
})
