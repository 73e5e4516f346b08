import { Account } from '#core/accounts/account.model'
import { Tombstone } from '#core/accounts/tombstone.model'
import { Medium } from '#core/media/medium.model'
import { Mention } from '#core/posts/mention.model'
import { Post } from '#core/posts/post.model'
import { recordPost } from '#core/posts/record-post'
import { rows } from '#platform/db'
import { Conflict, Gone, Invalid, NotFound } from '#platform/errors'
import { timeOfId } from '#platform/ids'
import { cast, member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'

const factsOf = async () =>
  (await rows<{ name: string }>({}, `SELECT payload->>'name' AS name FROM owed_work ORDER BY id`)).map(
    ({ name }) => name,
  )
const fresh = async (id: string): Promise<Post> => (await Post.findByPk(id))!
const countOf = async (id: string): Promise<number> => (await Account.findByPk(id))!.postsCount

test('a post counts for its author and, when everybody may see it, as a reply of its parent', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const parent = await post(alice)
  const reply = await post(bob, { replyTo: parent })
  await post(bob, { replyTo: parent, visibility: 'direct' })
  await post(bob, { replyTo: parent, visibility: 'private' })
  expect(await countOf(bob.account.id)).toBe(2)
  expect((await fresh(parent.id)).repliesCount).toBe(1)
  expect([reply.replyToId, reply.replyToAccountId, reply.threadId]).toEqual([
    parent.id,
    alice.account.id,
    parent.id,
  ])
  expect((await Account.findByPk(bob.account.id))!.lastPostAt).toBeInstanceOf(Date)
})

test('POST-09 somebody who goes on with an own reply still answers the same account', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const first = await post(bob, { replyTo: await post(alice) })
  const second = await post(bob, { replyTo: first })
  expect(second.replyToAccountId).toBe(alice.account.id)
  const own = await post(alice)
  expect((await post(alice, { replyTo: own })).replyToAccountId).toBe(alice.account.id)
})

test('POST-08 a reply to a boost answers the original', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const original = await post(alice)
  const reply = await post(bob, { replyTo: await boost(bob, original) })
  expect([reply.replyToId, reply.replyToAccountId]).toEqual([original.id, alice.account.id])
})

test('R-021 200 parallel copies of one post are one row, one count and one fact', async () => {
  const author = await stranger('rea')
  const copies = await Promise.all(
    Array.from({ length: 200 }, () => post(author, { uri: 'https://remote.example/posts/1' })),
  )
  expect(new Set(copies.map(({ id }) => id)).size).toBe(1)
  expect(await Post.count()).toBe(1)
  expect(await countOf(author.id)).toBe(1)
  expect(await factsOf()).toEqual(['post.created'])
})

test('R-021 200 parallel copies of one boost are one row and one step of the counter', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const original = await post(alice)
  await Promise.all(Array.from({ length: 200 }, () => boost(bob, original)))
  expect((await fresh(original.id)).boostsCount).toBe(1)
  expect(await countOf(bob.account.id)).toBe(1)
  expect((await factsOf()).filter((name) => name === 'post.boosted')).toHaveLength(1)
})

test('federation rule 82 an id never changes its owner', async () => {
  const [rea, sam] = [await stranger('rea'), await stranger('sam')]
  await post(rea, { uri: 'https://remote.example/posts/1' })
  await expect(post(sam, { uri: 'https://remote.example/posts/1' })).rejects.toThrow(Conflict)
})

test('R-023 a post that was deleted before it came is refused, a tombstone by somebody else stops nobody', async () => {
  const rea = await stranger('rea')
  const [mine, foreign] = ['https://remote.example/posts/1', 'https://remote.example/posts/2']
  await Tombstone.create({ uri: mine, actorUri: rea.uri })
  await Tombstone.create({ uri: foreign, actorUri: 'https://evil.example/users/mallory' })
  await expect(post(rea, { uri: mine })).rejects.toThrow(Gone)
  expect((await post(rea, { uri: foreign })).uri).toBe(foreign)
})

test('federation rule 121 replies that came first are tied to their parent with their threads, and counted', async () => {
  const [rea, sam] = [await stranger('rea'), await stranger('sam')]
  const [root, middle] = ['https://remote.example/posts/1', 'https://remote.example/posts/2']
  const leaf = await post(sam, { uri: 'https://remote.example/posts/3', replyToUri: middle })
  const deeper = await post(rea, { uri: 'https://remote.example/posts/4', replyTo: leaf })
  const closed = await post(sam, {
    uri: 'https://remote.example/posts/5',
    replyToUri: middle,
    visibility: 'private',
  })
  expect(leaf.isReply).toBe(true)
  const between = await post(rea, { uri: middle, replyToUri: root })
  expect((await fresh(between.id)).repliesCount).toBe(1)
  const first = await post(sam, { uri: root })
  const threads = (await Post.findAll()).map(({ threadId }) => threadId)
  expect(new Set(threads)).toEqual(new Set([first.id]))
  const tied = await fresh(leaf.id)
  expect([tied.replyToId, tied.replyToUri, tied.replyToAccountId]).toEqual([between.id, null, rea.id])
  expect((await fresh(closed.id)).replyToId).toBe(between.id)
  expect((await fresh(deeper.id)).replyToId).toBe(leaf.id)
})

test('a circle of replies is not closed', async () => {
  const rea = await stranger('rea')
  const [one, two] = ['https://remote.example/posts/1', 'https://remote.example/posts/2']
  const first = await post(rea, { uri: one, replyToUri: two })
  const second = await post(rea, { uri: two, replyToUri: one })
  expect(second.replyToId).toBe(first.id)
  expect((await fresh(first.id)).replyToId).toBe(null)
})

test('a reply and its parent that come at the same moment find each other', async () => {
  const rea = await stranger('rea')
  for (let round = 0; round < 20; round += 1) {
    const [parentUri, replyUri] = [`https://remote.example/p/${round}`, `https://remote.example/r/${round}`]
    const [reply, parent] = await Promise.all([
      post(rea, { uri: replyUri, replyToUri: parentUri }),
      post(rea, { uri: parentUri }),
    ])
    expect((await fresh(reply.id)).replyToId).toBe(parent.id)
    expect((await fresh(parent.id)).repliesCount).toBe(1)
  }
})

test('mentions, hashtags, attachments and poll are written in their order', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const note = await post(alice, {
    mentions: [carol, bob, carol],
    hashtags: [
      { name: 'zebra', display: 'Zebra' },
      { name: 'ant', display: 'Ant' },
    ],
    poll: { options: ['a', 'b'], isMultiple: false, expiresAt: null },
    attachments: [
      { url: 'https://remote.example/a.png', mimeType: 'image/png', kind: 'image', width: 4, height: 3 },
      { url: 'https://remote.example/b.mp4', mimeType: 'video/mp4', kind: 'video', focus: { x: 0.5, y: -1 } },
    ],
  })
  const mentions = await Mention.findAll({ where: { postId: note.id }, order: ['position'] })
  expect(mentions.map(({ accountId }) => accountId)).toEqual([carol.account.id, bob.account.id])
  const tags = await rows(
    {},
    `SELECT name, display_name, is_public FROM post_hashtags JOIN hashtags ON hashtags.id = hashtag_id ORDER BY position`,
  )
  expect(tags).toEqual([
    { name: 'zebra', display_name: 'Zebra', is_public: true },
    { name: 'ant', display_name: 'Ant', is_public: true },
  ])
  const media = await Medium.findAll({ order: ['position'] })
  expect(media.map(({ remoteUrl, state, focusX, meta }) => [remoteUrl, state, focusX, meta])).toEqual([
    ['https://remote.example/a.png', 'remote', null, { original: { width: 4, height: 3 } }],
    ['https://remote.example/b.mp4', 'remote', 0.5, {}],
  ])
  expect(note.hasMedia).toBe(true)
})

test('POST-13 uploads of somebody else, unready ones and those in use are refused, and nothing is written', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [good, waiting, foreign] = await Medium.bulkCreate([
    { ownerId: alice.account.id, state: 'ready' },
    { ownerId: alice.account.id, state: 'processing' },
    { ownerId: bob.account.id, state: 'ready' },
  ])
  for (const bad of [waiting!.id, foreign!.id, '1']) {
    await expect(post(alice, { mediaIds: [good!.id, bad] })).rejects.toThrow(Invalid)
  }
  expect(await Post.count()).toBe(0)
  const note = await post(alice, { mediaIds: [good!.id] })
  expect((await Medium.findByPk(good!.id))!.postId).toBe(note.id)
  await expect(post(alice, { mediaIds: [good!.id] })).rejects.toThrow(Invalid)
})

test('what a post answers or boosts must be there', async () => {
  const { alice } = await cast('alice')
  await expect(post(alice, { replyTo: { id: '1' } })).rejects.toThrow(NotFound)
  await expect(boost(alice, { id: '1' })).rejects.toThrow(NotFound)
})

test('ID-02 the id of a post tells when it was published', async () => {
  const alice = await member('alice')
  const publishedAt = new Date('2024-05-06T07:08:09.123Z')
  const old = await recordPost(alice.ctx, { authorId: alice.account.id, visibility: 'public', publishedAt })
  expect(timeOfId(old.id)).toEqual(publishedAt)
  expect(old.publishedAt).toEqual(publishedAt)
})
