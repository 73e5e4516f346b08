import { Account } from '#core/accounts/account.model'
import { Tombstone } from '#core/accounts/tombstone.model'
import { Medium } from '#core/media/medium.model'
import { boostPost } from '#core/posts/boost-post'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { Post } from '#core/posts/post.model'
import { removePost } from '#core/posts/remove-post'
import { react } from '#core/reactions/react'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { as, cast, member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'

const deletion = async () =>
  (
    await rows<{ payload: { payload: object } }>(
      {},
      `SELECT payload FROM owed_work WHERE payload->>'name' = 'post.deleted'`,
    )
  ).map(({ payload }) => payload.payload)
const countOf = async ({ id }: { id: string }) => (await Account.findByPk(id))!.postsCount

test('STAT-21 a deleted post takes its boosts along, lowers every counter and tells who had it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const rea = await stranger('rea')
  const parent = await post(bob)
  const medium = await Medium.create({ ownerId: alice.account.id, state: 'ready' })
  const note = await post(alice, { replyTo: parent, mentions: [bob], mediaIds: [medium.id] })
  await boost(bob, note)
  await boost(rea, note, { uri: 'https://remote.example/boosts/1' })
  const reply = await post(bob, { replyTo: note })
  await receiveReaction(outside, { accountId: rea.id, postId: note.id })
  await as(bob, react, { postId: note.id })
  await as(alice, deletePost, { postId: note.id })
  expect((await Post.findAll({ order: ['id'] })).map(({ id }) => id)).toEqual([parent.id, reply.id])
  expect([await countOf(alice.account), await countOf(bob.account), await countOf(rea)]).toEqual([0, 2, 0])
  expect((await Post.findByPk(parent.id))!.repliesCount).toBe(0)
  expect((await Post.findByPk(reply.id))!.replyToId).toBe(null)
  expect((await Medium.findByPk(medium.id))!.postId).toBe(null)
  expect(await deletion()).toEqual([
    {
      postId: note.id,
      authorId: alice.account.id,
      uri: null,
      visibility: 'public',
      replyToAccountId: bob.account.id,
      mentionedIds: [bob.account.id],
      reachedIds: [rea.id],
      hashtagIds: [],
      groupId: null,
      mediaIds: [],
    },
  ])
  const uri = `http://localhost:3000/users/${alice.account.id}/posts/${note.id}`
  expect((await Tombstone.findByPk(uri))!.formerType).toBe('Note')
})

test('STAT-20 media that shall go with the post are named in the fact', async () => {
  const alice = await member('alice')
  const medium = await Medium.create({ ownerId: alice.account.id, state: 'ready' })
  const note = await post(alice, { mediaIds: [medium.id] })
  await as(alice, deletePost, { postId: note.id, deletesMedia: true })
  expect(await deletion()).toMatchObject([{ mediaIds: [medium.id] }])
})

test('R-021 two hundred deletions at once are one', async () => {
  const rea = await stranger('rea')
  const uri = 'https://remote.example/posts/1'
  const parent = await post(rea, { uri: 'https://remote.example/posts/0' })
  await post(rea, { uri, replyTo: parent })
  await Promise.all(Array.from({ length: 200 }, () => removePost(outside, { uri, actorId: rea.id })))
  expect(await deletion()).toHaveLength(1)
  expect([await countOf(rea), (await Post.findByPk(parent.id))!.repliesCount]).toEqual([1, 0])
})

test('boosts and deletion of one post at once leave no boost and no wrong counter', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  for (let round = 0; round < 10; round += 1) {
    const note = await post(alice)
    await Promise.allSettled([
      boost(bob, note),
      boost(carol, note),
      as(alice, deletePost, { postId: note.id }),
      post(bob, { replyTo: note }),
      as(carol, react, { postId: note.id }),
    ])
  }
  const written = await Post.count({ where: { authorId: bob.account.id } })
  expect(await Post.count({ where: { authorId: alice.account.id } })).toBe(0)
  expect([await countOf(alice.account), await countOf(bob.account), await countOf(carol.account)]).toEqual([
    0,
    written,
    0,
  ])
})

test('nobody deletes what is not theirs', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice)
  await expect(as(bob, deletePost, { postId: note.id })).rejects.toThrow(NotFound)
  await expect(as(bob, deletePost, { postId: '1' })).rejects.toThrow(NotFound)
})

test('R-029: likes, boosts and replies that come while a post is erased stand or fail, each by itself', async () => {
  const { alice } = await cast('alice')
  const crowd = await Promise.all(Array.from({ length: 12 }, (_, at) => member(`fan${at}`)))
  const note = await post(alice)
  const all = crowd.flatMap((who) => [
    () => as(who, react, { postId: note.id }),
    () => as(who, boostPost, { postId: note.id }),
    () => as(who, createPost, { text: 'yes', replyToId: note.id }),
  ])
  const ended = Promise.allSettled(all.slice(0, 18).map((work) => work()))
  const erased = as(alice, deletePost, { postId: note.id })
  const late = Promise.allSettled(all.slice(18).map((work) => work()))
  await erased
  const failed = [...(await ended), ...(await late)].flatMap((each) =>
    each.status === 'rejected' ? [each.reason] : [],
  )
  expect(failed.filter((reason) => !(reason instanceof NotFound))).toEqual([])
  expect(await Post.count({ where: { boostOfId: note.id } })).toBe(0)
})

test('what a crowd does to one post at once is all counted', async () => {
  const { alice } = await cast('alice')
  const crowd = await Promise.all(Array.from({ length: 12 }, (_, at) => member(`fan${at}`)))
  const note = await post(alice)
  await Promise.all(
    crowd.flatMap((who) => [
      as(who, react, { postId: note.id }),
      as(who, boostPost, { postId: note.id }),
      as(who, createPost, { text: 'yes', replyToId: note.id }),
    ]),
  )
  expect(await Post.findByPk(note.id)).toMatchObject({
    favouritesCount: 12,
    boostsCount: 12,
    repliesCount: 12,
  })
})
