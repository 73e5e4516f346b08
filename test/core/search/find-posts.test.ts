import { Account } from '#core/accounts/account.model'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { bookmarkPost } from '#core/posts/marks/bookmark-post'
import { Poll } from '#core/posts/polls/poll.model'
import { voteInPoll } from '#core/posts/polls/vote-in-poll'
import { react } from '#core/reactions/react'
import { blockAccount } from '#core/relationships/block-account'
import { muteAccount } from '#core/relationships/mute-account'
import { findPosts } from '#core/search/find-posts'
import { reopenPosts } from '#core/search/reopen-posts'
import type { Id } from '#platform/ids'
import { as, cast, member, type Member, stranger } from '#test/factories/account'
import { upload } from '#test/factories/medium'
import { boost, post } from '#test/factories/post'
import { settleSearch } from '#test/support/settle-search'

const open = { account: { isIndexable: true } }

async function find(who: Member, query: string, more: object = {}): Promise<Id[]> {
  await settleSearch()
  return as(who, findPosts, { query, limit: 20, offset: 0, ...more })
}

test('SRCH-04 finds public posts of those who want to be found, newest first', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const first = await post(bob, { text: 'a badger came by' })
  const second = await post(bob, { text: 'Badger again' })
  await post(bob, { text: 'a badger in private', visibility: 'private' })
  await post(bob, { text: 'a badger off the lists', visibility: 'unlisted' })
  expect(await find(alice, 'badger')).toEqual([second.id, first.id])
  expect(await find(alice, 'weasel')).toEqual([])
})

test('SRCH-04 of others only what one has to do with: own, liked, kept, boosted, named in, voted on', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const own = await post(alice, { text: 'badger 1', visibility: 'private' })
  const liked = await post(bob, { text: 'badger 2' })
  const kept = await post(bob, { text: 'badger 3' })
  const boosted = await post(bob, { text: 'badger 4' })
  const naming = await post(bob, { text: 'badger 5', visibility: 'direct', mentions: [alice] })
  const asking = await as(bob, createPost, {
    text: 'badger 6',
    poll: { options: ['a', 'b'], expiresIn: 3600 },
  })
  await post(bob, { text: 'badger 7' })
  await as(alice, react, { postId: liked.id })
  await as(alice, bookmarkPost, { postId: kept.id })
  await boost(alice, boosted)
  const poll = await Poll.findOne({ where: { postId: asking.id }, rejectOnEmpty: true })
  await as(alice, voteInPoll, { pollId: poll.id, choices: [0] })
  const found = await find(alice, 'badger')
  expect(found).toEqual([asking, naming, boosted, kept, liked, own].map(({ id }) => id))
  expect(await find(carol, 'badger')).toEqual([])
})

test('SRCH-04 nothing for those who are not logged in', async () => {
  const bob = await member('bob', open)
  await post(bob, { text: 'badger' })
  await settleSearch()
  const visitor = { ...bob.ctx, actor: { kind: 'visitor' } as const }
  expect(await findPosts(visitor, { query: 'badger', limit: 20, offset: 0 })).toEqual([])
})

test('SRCH-04 who stops to want to be found is not found any more, and the other way round', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const { id } = await post(bob, { text: 'badger' })
  expect(await find(alice, 'badger')).toEqual([id])
  await Account.update({ isIndexable: false }, { where: { id: bob.account.id } })
  expect(await find(alice, 'badger')).toEqual([])
  await reopenPosts(bob.ctx, { accountId: bob.account.id })
  expect(await find(alice, 'badger')).toEqual([])
  await Account.update({ isIndexable: true }, { where: { id: bob.account.id } })
  await reopenPosts(bob.ctx, { accountId: bob.account.id })
  expect(await find(alice, 'badger')).toEqual([id])
})

test('SRCH-08 leaves out posts of people who are blocked, block, are muted, limited or suspended', async () => {
  const alice = await member('alice')
  const people = await Promise.all(['b', 'c', 'd', 'e', 'f'].map((name) => member(name, open)))
  const [blocked, blocking, muted, limited, suspended] = people as [Member, Member, Member, Member, Member]
  for (const each of people) await post(each, { text: 'badger' })
  expect(await find(alice, 'badger')).toHaveLength(5)
  await as(alice, blockAccount, { accountId: blocked.account.id })
  await as(blocking, blockAccount, { accountId: alice.account.id })
  await as(alice, muteAccount, { accountId: muted.account.id })
  await limited.account.update({ silencedAt: new Date() })
  await suspended.account.update({ suspendedAt: new Date() })
  expect(await find(alice, 'badger')).toEqual([])
})

test('SRCH-05 words in any order and form, phrases as they stand, without case, accents or spaces where there are none', async () => {
  const alice = await member('alice')
  const say = async (text: string, language: string) => (await post(alice, { text, language })).id
  const foxes = await say('The quick brown foxes were running', 'en')
  const cafe = await say('Ein Café in der Straße', 'de')
  const tokyo = await say('今日は東京タワーへ行きました', 'ja')
  expect(await find(alice, 'running quick')).toEqual([foxes])
  expect(await find(alice, 'run fox')).toEqual([foxes])
  expect(await find(alice, '"quick brown"')).toEqual([foxes])
  expect(await find(alice, '"brown quick"')).toEqual([])
  expect(await find(alice, '"quick fox"')).toEqual([])
  expect(await find(alice, 'cafe STRASSE')).toEqual([cafe])
  expect(await find(alice, '東京タワー')).toEqual([tokyo])
  expect(await find(alice, '京都')).toEqual([])
  expect(await find(alice, 'quick -running')).toEqual([])
  expect(await find(alice, 'the -café')).toEqual([foxes])
})

test('SRCH-05 has: media of every kind, polls; is: replies and sensitive posts; language:', async () => {
  const alice = await member('alice')
  const pictures = await post(alice, {
    text: 'badger',
    mediaIds: [(await upload(alice, { description: 'two otters' })).id],
  })
  const video = await post(alice, { text: 'badger', mediaIds: [(await upload(alice, { kind: 'video' })).id] })
  const asking = await as(alice, createPost, {
    text: 'badger',
    poll: { options: ['moles', 'b'], expiresIn: 3600 },
  })
  const reply = await post(alice, { text: 'badger', replyTo: video })
  const hidden = await post(alice, {
    text: 'badger',
    isSensitive: true,
    spoilerText: 'nature',
    language: 'fr-CA',
  })
  expect(await find(alice, 'badger has:media')).toEqual([video.id, pictures.id])
  expect(await find(alice, 'badger has:image')).toEqual([pictures.id])
  expect(await find(alice, 'has:video')).toEqual([video.id])
  expect(await find(alice, 'badger has:poll')).toEqual([asking.id])
  expect(await find(alice, 'badger is:reply')).toEqual([reply.id])
  expect(await find(alice, 'badger is:sensitive')).toEqual([hidden.id])
  expect(await find(alice, 'badger language:fr')).toEqual([hidden.id])
  expect(await find(alice, 'badger -has:media -is:reply -has:poll')).toEqual([hidden.id])
  expect(await find(alice, 'otters')).toEqual([pictures.id])
  expect(await find(alice, 'moles')).toEqual([asking.id])
  expect(await find(alice, 'nature')).toEqual([hidden.id])
  expect(await find(alice, 'has:nothing')).toEqual([])
})

test('SRCH-05 from: me, a member, somebody elsewhere, nobody', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const far = await stranger('far', 'remote.example', { isIndexable: true })
  const mine = await post(alice, { text: 'badger' })
  const his = await post(bob, { text: 'badger' })
  const theirs = await post(far, { text: 'badger', uri: 'https://remote.example/1' })
  expect(await find(alice, 'badger from:me')).toEqual([mine.id])
  expect(await find(alice, 'badger from:bob')).toEqual([his.id])
  expect(await find(alice, 'from:@far@remote.example')).toEqual([theirs.id])
  expect(await find(alice, 'badger -from:far@remote.example')).toEqual([his.id, mine.id])
  expect(await find(alice, 'badger from:nobody')).toEqual([])
})

test('SRCH-05 before:, after: and during: a day; a day that is none is refused', async () => {
  const alice = await member('alice')
  const at = (day: string) => post(alice, { text: 'badger', publishedAt: new Date(`${day}T12:00:00Z`) })
  const [may1, may2, may3] = [await at('2026-05-01'), await at('2026-05-02'), await at('2026-05-03')]
  expect(await find(alice, 'badger before:2026-05-02')).toEqual([may1.id])
  expect(await find(alice, 'badger after:2026-05-02')).toEqual([may3.id])
  expect(await find(alice, 'badger during:2026-05-02')).toEqual([may2.id])
  expect(await find(alice, 'during:2026-05-02')).toEqual([may2.id])
  expect(await find(alice, 'badger after:2026-05-01 before:2026-05-03')).toEqual([may2.id])
  await expect(find(alice, 'before:yesterday')).rejects.toThrow('no day')
  await expect(find(alice, 'in:heaven')).rejects.toThrow('in:')
})

test('SRCH-05 in:library, in:public and in:all', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const own = await post(alice, { text: 'badger' })
  const strange = await post(bob, { text: 'badger' })
  const liked = await post(bob, { text: 'badger' })
  await as(alice, react, { postId: liked.id })
  expect(await find(alice, 'badger in:library')).toEqual([liked.id, own.id])
  expect(await find(alice, 'badger in:public')).toEqual([liked.id, strange.id])
  expect(await find(alice, 'badger in:all')).toEqual([liked.id, strange.id, own.id])
})

test('SRCH-06 account_id, max_id, min_id, limit and offset narrow posts', async () => {
  const [alice, bob] = [await member('alice'), await member('bob', open)]
  const posts = []
  for (const author of [alice, bob, alice, bob]) posts.push(await post(author, { text: 'badger' }))
  const [one, two, three, four] = posts.map(({ id }) => id) as [Id, Id, Id, Id]
  expect(await find(alice, 'badger', { accountId: bob.account.id })).toEqual([four, two])
  expect(await find(alice, 'badger', { maxId: three })).toEqual([two, one])
  expect(await find(alice, 'badger', { minId: two })).toEqual([four, three])
  expect(await find(alice, 'badger', { limit: 2 })).toEqual([four, three])
  expect(await find(alice, 'badger', { limit: 2, offset: 1 })).toEqual([three, two])
})

test('edits and deletions reach the index, and hashtags are words with a sign', async () => {
  const alice = await member('alice')
  const { id } = await as(alice, createPost, { text: 'a #Badger' })
  await as(alice, createPost, { text: 'a badger without sign' })
  expect(await find(alice, '#badger')).toEqual([id])
  expect(await find(alice, 'badger')).toHaveLength(2)
  await as(alice, editPost, { postId: id, text: 'a weasel', mediaWords: [] })
  expect(await find(alice, 'weasel')).toEqual([id])
  expect(await find(alice, '#badger')).toEqual([])
  await as(alice, deletePost, { postId: id })
  expect(await find(alice, 'weasel')).toEqual([])
})

test('what is no query finds nothing, and nothing in a query is an expression', async () => {
  const alice = await member('alice')
  const odd = await post(alice, { text: `it's a \\ back|slash & more <-> things` })
  for (const query of ['', '   ', '"', '""', '-', '!!!', '::', 'from:', '-""'])
    expect(await find(alice, query)).toEqual([])
  expect(await find(alice, `it's \\ back|slash`)).toEqual([odd.id])
  expect(await find(alice, `"slash & more <-> things"`)).toEqual([odd.id])
  expect(await find(alice, `' | !x`)).toEqual([])
})
