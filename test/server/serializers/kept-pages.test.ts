import { setTimeout as sleep } from 'node:timers/promises'
import { Account } from '#core/accounts/account.model'
import { editProfile } from '#core/accounts/edit-profile'
import { createFilter } from '#core/filters/create-filter'
import { bookmarkPost } from '#core/posts/marks/bookmark-post'
import { boostPost } from '#core/posts/boost-post'
import { editPost } from '#core/posts/edits/edit-post'
import { deletePost } from '#core/posts/delete-post'
import { createPost } from '#core/posts/create-post'
import { muteThread } from '#core/posts/threads/mute-thread'
import { Poll } from '#core/posts/polls/poll.model'
import { voteInPoll } from '#core/posts/polls/vote-in-poll'
import { changeQuotePolicy } from '#core/posts/quotes/change-quote-policy'
import { revokeQuote } from '#core/posts/quotes/revoke-quote'
import { clearNotifications } from '#core/notifications/clear-notifications'
import { giveEmoji } from '#core/reactions/give-emoji'
import { react } from '#core/reactions/react'
import { unreact } from '#core/reactions/unreact'
import { followAccount } from '#core/relationships/follow-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { blockAccount } from '#core/relationships/block-account'
import type { Post } from '#core/posts/post.model'
import { forgetFragments } from '#server/serializers/status-fragment'
import { forgetPages } from '#server/serializers/kept-pages'
import { statusesJson } from '#server/serializers/status'
import { cast, type Member } from '#test/factories/account'
import { client } from '#test/support/client'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member
let carol: Member
let post: Post
let own: Post
let liked: Post
let strange: Post

beforeEach(async () => {
  forgetPages()
  ;({ alice, bob, carol } = await cast('alice', 'bob', 'carol'))
  await followAccount(alice.ctx, { accountId: bob.account.id })
  quoted = await createPost(carol.ctx, { text: 'said before' })
  post = await createPost(bob.ctx, {
    text: 'hello',
    poll: { options: ['Tea', 'Coffee'], expiresIn: 3600 },
    quotedId: quoted.id,
  })
  await settle()
})

const home = async (app = client(alice)) => (await app.get('/api/v1/timelines/home')).body

/** What alice reads of everything that is kept. */
async function readAll() {
  const app = client(alice)
  const paths = ['timelines/home', 'timelines/public', `statuses/${post.id}`, 'notifications']
  const answers = []
  for (const path of paths) answers.push((await app.get(`/api/v1/${path}`)).body)
  return answers
}

/** The same without anything that was kept. */
async function readAnew() {
  forgetPages()
  forgetFragments()
  return readAll()
}

test('a page that was kept is the same as one that was made anew', async () => {
  const app = client(alice)
  const pages = [await home(app), await home(app), await home(app)]
  expect(pages[0]).toHaveLength(1)
  for (const page of pages) expect(page).toEqual(pages[0])
  await react(bob.ctx, { postId: (await createPost(alice.ctx, { text: 'mine' })).id })
  await settle()
  const reads = [await readAll(), await readAll(), await readAll(), await readAnew()]
  expect(reads[0]!.map(({ length }) => length)).toEqual([2, 3, undefined, 1])
  for (const read of reads) expect(read).toEqual(reads[0])
})

let quoted: Post
const changes: [string, () => Promise<unknown>][] = [
  ['a favourite', () => react(alice.ctx, { postId: post.id })],
  ['a favourite by another', () => react(bob.ctx, { postId: post.id })],
  ['an emoji', () => giveEmoji(alice.ctx, { postId: post.id, name: '🎉' })],
  ['an emoji by another', () => giveEmoji(carol.ctx, { postId: post.id, name: '🎉' })],
  ['a bookmark', () => bookmarkPost(alice.ctx, { postId: post.id })],
  ['a boost', () => boostPost(bob.ctx, { postId: post.id })],
  ['a reply', () => createPost(alice.ctx, { text: 'hi', replyToId: post.id })],
  ['an edit', () => editPost(bob.ctx, { postId: post.id, text: 'changed' })],
  ['the end of the post', () => deletePost(bob.ctx, { postId: post.id })],
  ['a new profile of the author', () => editProfile(bob.ctx, { displayName: 'Bob anew' })],
  [
    'a follower of the author',
    async () => Account.increment('followersCount', { where: { id: bob.account.id } }),
  ],
  [
    'a vote',
    async () =>
      voteInPoll(alice.ctx, { pollId: (await Poll.findOne({ rejectOnEmpty: true })).id, choices: [0] }),
  ],
  ['a muted conversation', () => muteThread(alice.ctx, { postId: post.id })],
  [
    'a filter',
    () => createFilter(alice.ctx, { title: 'x', contexts: ['home'], keywords: [{ keyword: 'hello' }] }),
  ],
  ['a change of who may quote it', () => changeQuotePolicy(bob.ctx, { postId: post.id, policy: 'nobody' })],
  ['a quote that is taken back', () => revokeQuote(carol.ctx, { postId: post.id, quotedId: quoted.id })],
  ['an edit of what it quotes', () => editPost(carol.ctx, { postId: quoted.id, text: 'changed' })],
  ['the end of what it quotes', () => deletePost(carol.ctx, { postId: quoted.id })],
  ['a mute of whom it quotes', () => muteAccount(alice.ctx, { accountId: carol.account.id })],
  ['a block by whom it quotes', () => blockAccount(carol.ctx, { accountId: alice.account.id })],
  ['a mute', () => muteAccount(alice.ctx, { accountId: bob.account.id })],
  ['a block', () => blockAccount(bob.ctx, { accountId: alice.account.id })],
]

test.each(changes)('a page that was kept is not shown after %s', async (_title, change) => {
  await readAll()
  const before = await readAll()
  expect(await readAll()).toEqual(before)
  await change()
  await settle()
  const after = await readAll()
  expect(after[0]).not.toEqual(before[0])
  expect(after).toEqual(await readAnew())
})

const others: [string, () => Promise<unknown>][] = [
  ['a favourite of a post of mine', () => react(bob.ctx, { postId: own.id })],
  ['the end of one', () => unreact(bob.ctx, { postId: liked.id })],
  ['a follower', () => followAccount(bob.ctx, { accountId: alice.account.id })],
  ['a post by a stranger', () => createPost(carol.ctx, { text: 'hello, world' })],
  ['the end of a post by a stranger', () => deletePost(carol.ctx, { postId: strange.id })],
  ['a block of a stranger', () => blockAccount(alice.ctx, { accountId: carol.account.id })],
  ['notifications that are cleared', () => clearNotifications(alice.ctx)],
]

test.each(others)('nothing that was kept is shown after %s', async (_title, change) => {
  own = await createPost(alice.ctx, { text: 'mine' })
  liked = await createPost(alice.ctx, { text: 'mine too' })
  strange = await createPost(carol.ctx, { text: 'anybody there?' })
  await react(bob.ctx, { postId: liked.id })
  await settle()
  await readAll()
  const before = await readAll()
  expect(await readAll()).toEqual(before)
  await change()
  await settle()
  const after = await readAll()
  expect(after).not.toEqual(before)
  expect(after).toEqual(await readAnew())
})

test('a post for followers is not shown any more to who follows no longer', async () => {
  const closed = await createPost(bob.ctx, { text: 'closed', visibility: 'private' })
  const status = async () => (await client(alice).get(`/api/v1/statuses/${closed.id}`)).status
  expect([await status(), await status(), await status()]).toEqual([200, 200, 200])
  await unfollowAccount(alice.ctx, { accountId: bob.account.id })
  expect(await status()).toBe(404)
})

test('a page that was kept costs one query', async () => {
  const app = client(alice)
  const paths = ['timelines/home', 'timelines/public', `statuses/${post.id}`, 'notifications']
  const read = (path: string) => app.get(`/api/v1/${path}`)
  for (const path of paths) {
    for (let count = 0; count < 3; count += 1) await read(path)
    expect(await countQueries(() => read(path))).toBe(1)
  }
})

test('what one member sees is not kept for another', async () => {
  await react(alice.ctx, { postId: post.id })
  await home()
  await home()
  const [seen] = await home(client(bob))
  expect(seen.favourited).toBe(false)
})

test('FILT-03 a page that was kept is not shown after a filter in it has expired', async () => {
  const keywords = [{ keyword: 'hello' }]
  await createFilter(alice.ctx, { title: 'x', contexts: ['home'], keywords, expiresIn: 2 })
  const app = client(alice)
  for (let count = 0; count < 3; count += 1) expect((await home(app))[0].filtered).toHaveLength(1)
  await sleep(2100)
  expect((await home(app))[0].filtered).toEqual([])
})

test('FILT-07 filters are compiled once for each change, and cost no query for each page', async () => {
  await createFilter(alice.ctx, { title: 'x', contexts: ['home'], keywords: [{ keyword: 'hello' }] })
  const read = () => countQueries(() => statusesJson(alice.ctx, [post.id]))
  await statusesJson(bob.ctx, [post.id])
  const first = await read()
  expect(await read()).toBe(first - 1)
  const [json] = await statusesJson(alice.ctx, [post.id])
  expect(json!.filtered).toMatchObject([{ keyword_matches: ['hello'] }])
})
