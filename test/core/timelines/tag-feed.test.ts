import { addToList } from '#core/relationships/add-to-list'
import { createList } from '#core/relationships/create-list'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { Block } from '#core/relationships/block.model'
import { followAccount } from '#core/relationships/follow-account'
import { Mute } from '#core/relationships/mute.model'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { STREAM, type StreamEvent } from '#core/stream'
import { followTag } from '#core/tags/follow-tag'
import { unfollowTag } from '#core/tags/unfollow-tag'
import { homeFeed } from '#core/timelines/home-feed'
import type { Id } from '#platform/ids'
import { subscribe } from '#platform/pubsub'
import { openRedis, redis } from '#platform/redis'
import { as, cast, member, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { readPage } from '#test/support/read-page'
import { settle } from '#test/support/settle'
import { withoutRedis } from '#test/support/without-redis'

const home = async (who: Member, cursors: object = {}): Promise<Id[]> =>
  (await readPage(homeFeed(who.ctx, { limit: 40, ...cursors }))).ids
const ids = (...posts: { id: Id }[]): Id[] => posts.map(({ id }) => id)
const tags = (...names: string[]) => ({ hashtags: names.map((name) => ({ name, display: name })) })
const followBees = async (who: Member) => {
  await as(who, followTag, { name: 'bees' })
  await settle()
}

/** The home as it is filled by and by, as it is built from PostgreSQL, and as it is without Redis: all the same. */
async function allWays(who: Member): Promise<Id[]> {
  await settle()
  const filled = await home(who)
  await redis.flushall()
  expect(await home(who)).toEqual(filled)
  expect(await withoutRedis(() => home(who))).toEqual(filled)
  return filled
}

beforeEach(openRedis)

test('TL-01 MISC-06 home has public posts with a followed hashtag, answers too, each once', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const remote = await stranger('remote')
  await as(alice, followTag, { name: 'Bees' })
  await as(alice, followTag, { name: 'wasps' })
  await as(alice, followAccount, { accountId: bob.account.id })
  await settle()
  await home(alice)
  const first = await post(carol, tags('bees', 'wasps'))
  const followed = await post(bob, tags('bees', 'wasps'))
  const answer = await post(carol, { replyTo: first, ...tags('wasps') })
  const away = await post(remote, { uri: 'https://remote.example/1', ...tags('bees') })
  for (const visibility of ['unlisted', 'private', 'direct'] as const)
    await post(carol, { visibility, ...tags('bees') })
  await boost(carol, first)
  await post(carol, tags('honey'))
  const own = await post(alice, tags('bees'))
  expect(await allWays(alice)).toEqual(ids(own, away, answer, followed, first))
})

test('TL-05 TL-06 TL-10 a hashtag brings nobody who is blocked, muted, limited or in an exclusive list, nor other languages', async () => {
  const alice = await member('alice', { user: { chosenLanguages: ['de'] } })
  const { bob, carol, dave, erin, frank } = await cast('bob', 'carol', 'dave', 'erin', 'frank')
  const limited = await member('limited', { account: { silencedAt: new Date() } })
  await Block.create({ blockerId: alice.account.id, blockedId: bob.account.id })
  await Block.create({ blockerId: carol.account.id, blockedId: alice.account.id })
  await Mute.create({ muterId: alice.account.id, mutedId: dave.account.id })
  await as(alice, followAccount, { accountId: erin.account.id })
  const { id: listId } = await as(alice, createList, { title: 'x', isExclusive: true })
  await as(alice, addToList, { listId, accountIds: [erin.account.id] })
  await followBees(alice)
  await home(alice)
  for (const who of [bob, carol, dave, erin, limited]) await post(who, { language: 'de', ...tags('bees') })
  await post(frank, { language: 'de', mentions: [bob], ...tags('bees') })
  await post(frank, { language: 'fr', ...tags('bees') })
  const german = await post(frank, { language: 'de', ...tags('bees') })
  const unknown = await post(frank, { language: null, ...tags('bees') })
  expect(await allWays(alice)).toEqual(ids(unknown, german))
})

test('TL-08 MISC-06 a new hashtag fills home with its posts, the end of it removes them, whoever else is followed', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const [one, other] = [await post(carol, tags('bees')), await post(bob, tags('bees'))]
  await settle()
  expect(await home(alice)).toEqual([])
  await followBees(alice)
  expect(await allWays(alice)).toEqual(ids(other, one))
  await as(alice, followAccount, { accountId: bob.account.id })
  const plain = await post(bob)
  expect(await allWays(alice)).toEqual(ids(plain, other, one))
  await as(alice, unfollowAccount, { accountId: bob.account.id })
  expect(await allWays(alice)).toEqual(ids(other, one))
  await as(alice, unfollowTag, { name: 'bees' })
  expect(await allWays(alice)).toEqual([])
})

test('MISC-06 a hashtag brings what the follow of its author leaves out', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: bob.account.id })
  await followBees(alice)
  await home(alice)
  const theirs = await post(carol)
  const answer = await post(bob, { replyTo: theirs, ...tags('bees') })
  expect(await allWays(alice)).toEqual(ids(answer))
})

test('PAGE-01 PAGE-02 PAGE-03 PAGE-04 PAGE-05: a home of hashtags and people pages as one', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: bob.account.id })
  await followBees(alice)
  const [a, b, c, d, e] = [
    await post(bob),
    await post(carol, tags('bees')),
    await post(bob, tags('bees')),
    await post(carol, tags('bees')),
    await post(bob),
  ]
  await settle()
  const page = async () => {
    expect(await home(alice, { limit: 2 })).toEqual(ids(e, d))
    expect(await home(alice, { limit: 2, max_id: d.id })).toEqual(ids(c, b))
    expect(await home(alice, { limit: 2, min_id: a.id })).toEqual(ids(c, b))
    expect(await home(alice, { limit: 5, min_id: a.id, max_id: d.id })).toEqual(ids(c, b))
  }
  await page()
  await withoutRedis(page)
})

test('STRM-16 a followed hashtag is told to the user stream once: the post, its edit, its end', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: bob.account.id })
  await followBees(alice)
  const heard: string[] = []
  const stop = subscribe<StreamEvent>(STREAM, (event) => {
    if ('to' in event && event.to.homes?.includes(alice.account.id))
      heard.push(`${event.event} ${event.postId}`)
  })
  const expected: string[] = []
  for (const author of [carol, bob]) {
    const { id: postId } = await as(author, createPost, { text: 'hello #bees' })
    await settle()
    await as(author, editPost, { postId, text: 'bye #bees' })
    await settle()
    await as(author, deletePost, { postId })
    await settle()
    expected.push(`update ${postId}`, `status.update ${postId}`, `delete ${postId}`)
  }
  stop()
  expect(heard).toEqual(expected)
})
