import { endAccount } from '#core/accounts/end-account'
import { Post } from '#core/posts/post.model'
import { Dislike } from '#core/reactions/dislike.model'
import { giveEmoji } from '#core/reactions/give-emoji'
import { react } from '#core/reactions/react'
import { Reaction } from '#core/reactions/reaction.model'
import { receiveDislike } from '#core/reactions/receive-dislike'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { withdrawDislike } from '#core/reactions/withdraw-dislike'
import { withdrawReaction } from '#core/reactions/withdraw-reaction'
import { Block } from '#core/relationships/block.model'
import { rows } from '#platform/db'
import { Forbidden, Gone, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { as, member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { settle } from '#test/support/settle'
import { outside } from '#test/factories/remote-post'

const give = (accountId: Id, postId: Id, emoji: string, more: object = {}) =>
  receiveReaction(outside, { accountId, postId, emoji, ...more })
const emojisOf = async (accountId: Id) =>
  (await Reaction.findAll({ where: { accountId }, order: ['id'] })).map(({ emoji }) => emoji)
const read = async ({ id }: { id: Id }) => (await Post.findByPk(id))!
const letters = (count: number) => Array.from({ length: count }, (_, at) => `code${at}@remote.example`)

test('federation rule 128: reactions of one account add up, twenty at most; a repeated one is one', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  const many = letters(20)
  for (const emoji of many) await give(rea.id, note.id, emoji)
  await expect(give(rea.id, note.id, '🎉')).rejects.toThrow(Forbidden)
  await give(rea.id, note.id, many[0]!)
  await give(rea.id, note.id, '')
  expect(await emojisOf(rea.id)).toEqual([...many, ''])
  expect(Object.keys((await read(note)).reactions ?? {}).toSorted()).toEqual(many.toSorted())
})

test('federation rule 128: twenty at most also when they come all at once', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  const done = await Promise.allSettled(letters(30).map((emoji) => give(rea.id, note.id, emoji)))
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  expect(await Reaction.count()).toBe(20)
})

test('federation rule 128: what is the only reaction of its account stands for all before', async () => {
  const [alice, rea, sam] = [await member('alice'), await stranger('rea'), await stranger('sam')]
  const note = await post(alice)
  await give(sam.id, note.id, '🐝')
  await give(rea.id, note.id, '')
  await give(rea.id, note.id, '🐝', { isOnly: true })
  expect(await emojisOf(rea.id)).toEqual(['🐝'])
  expect((await read(note)).favouritesCount).toBe(0)
  await give(rea.id, note.id, '🎉', { isOnly: true })
  await give(rea.id, note.id, '🎉', { isOnly: true })
  expect([await emojisOf(rea.id), await emojisOf(sam.id)]).toEqual([['🎉'], ['🐝']])
  const { reactions } = await read(note)
  expect(reactions).toMatchObject({ '🐝': { count: 1, by: [sam.id] }, '🎉': { count: 1, by: [rea.id] } })
})

test('a post has at most a hundred different emojis, of which more people may give each', async () => {
  const alice = await member('alice')
  const note = await post(alice)
  const people = await Promise.all(Array.from({ length: 6 }, (_, at) => stranger(`p${at}`)))
  for (const [at, emoji] of letters(100).entries())
    await give(people[Math.floor(at / 20)]!.id, note.id, emoji)
  const late = people[5]!.id
  await expect(give(late, note.id, '🎉')).rejects.toThrow(Forbidden)
  await give(late, note.id, 'code0@remote.example')
  const { reactions } = await read(note)
  expect(Object.keys(reactions!)).toHaveLength(100)
  expect(reactions!['code0@remote.example']!.count).toBe(2)
})

test('the tally of an emoji follows those who give it and take it back, also all at once', async () => {
  const alice = await member('alice')
  const note = await post(alice)
  const people = await Promise.all(Array.from({ length: 25 }, (_, at) => stranger(`p${at}`)))
  await Promise.all(people.map(({ id }) => give(id, note.id, '🐝')))
  const tally = (await read(note)).reactions!['🐝']!
  expect([tally.count, tally.by.length, new Set(tally.by).size]).toEqual([25, 20, 20])
  expect((await read(note)).favouritesCount).toBe(0)
  const take = ({ id }: { id: Id }) =>
    withdrawReaction(outside, { accountId: id, postId: note.id, emoji: '🐝' })
  await take(people[0]!)
  await take(people[0]!)
  expect((await read(note)).reactions!['🐝']!.count).toBe(24)
  await Promise.all(people.map(take))
  expect((await read(note)).reactions).toBeNull()
})

test('emoji-reactions-07: what an emoji looks like its own server says best', async () => {
  const alice = await member('alice')
  const note = await post(alice)
  const [liar, home, other] = [
    await stranger('liar', 'liar.example'),
    await stranger('home', 'home.example'),
    await stranger('other', 'liar.example'),
  ]
  const picture = (name: string) => ({
    url: `https://x.example/${name}`,
    staticUrl: `https://x.example/${name}`,
  })
  const drawn = async () => (await read(note)).reactions!['cat@home.example']!.picture
  await give(liar.id, note.id, 'cat@home.example', { picture: picture('lie') })
  expect(await drawn()).toEqual(picture('lie'))
  await give(home.id, note.id, 'cat@home.example', { picture: picture('truth') })
  await give(other.id, note.id, 'cat@home.example', { picture: picture('lie') })
  expect(await drawn()).toEqual(picture('truth'))
})

test('federation rule 129: a Dislike takes the place of a favourite, and the reverse', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  const vote = { accountId: rea.id, postId: note.id }
  const standing = async () => [
    (await read(note)).favouritesCount,
    await Reaction.count(),
    await Dislike.count(),
  ]
  await receiveReaction(outside, vote)
  await receiveDislike(outside, vote)
  await receiveDislike(outside, vote)
  expect(await standing()).toEqual([0, 0, 1])
  await receiveReaction(outside, vote)
  expect(await standing()).toEqual([1, 1, 0])
  await give(rea.id, note.id, '🐝')
  await receiveDislike(outside, vote)
  expect([await standing(), await emojisOf(rea.id)]).toEqual([[0, 1, 1], ['🐝']])
})

test('votes-03: a Dislike is of its maker, for what was boosted, and ends with its Undo, also one that came first', async () => {
  const [alice, rea, sam] = [await member('alice'), await stranger('rea'), await stranger('sam')]
  const note = await post(alice)
  const boosted = await boost(rea, note, { uri: 'https://remote.example/boosts/1' })
  const uri = 'https://remote.example/dislikes/1'
  await receiveDislike(outside, { accountId: rea.id, postId: boosted.id, uri })
  expect(await Dislike.findAll({ raw: true })).toMatchObject([{ accountId: rea.id, postId: note.id, uri }])
  await withdrawDislike(outside, { accountId: sam.id, postId: note.id })
  expect(await Dislike.count()).toBe(1)
  await withdrawDislike(outside, { accountId: rea.id, uri })
  expect(await Dislike.count()).toBe(0)
  await expect(receiveDislike(outside, { accountId: rea.id, postId: note.id, uri })).rejects.toThrow(Gone)
  await expect(receiveDislike(outside, { accountId: rea.id, postId: '1' })).rejects.toThrow(NotFound)
  await Block.create({ blockerId: alice.account.id, blockedId: sam.id })
  await expect(receiveDislike(outside, { accountId: sam.id, postId: note.id })).rejects.toThrow(Forbidden)
  await receiveDislike(outside, { accountId: rea.id, postId: note.id })
  await withdrawDislike(outside, { accountId: rea.id, postId: note.id })
  expect(await Dislike.count()).toBe(0)
})

test('tombstoned-actors-01: what an account thought of posts ends with it, for both sides and without a word', async () => {
  const [alice, bob, rea] = [await member('alice'), await member('bob'), await stranger('rea')]
  const notes = await Promise.all([post(alice), post(alice)])
  for (const { id } of notes) {
    for (const emoji of ['', '🐝', '🎉']) await give(rea.id, id, emoji)
    for (const name of ['🐝', '🎉']) await as(bob, giveEmoji, { postId: id, name })
    await as(bob, react, { postId: id })
  }
  await receiveDislike(outside, { accountId: rea.id, postId: notes[0].id })
  await settle()
  const standing = async () =>
    Promise.all(
      notes.map(async (note) => {
        const { favouritesCount, reactions } = await read(note)
        return [favouritesCount, Object.entries(reactions ?? {}).map(([name, { count }]) => [name, count])]
      }),
    )
  expect((await standing())[1]).toEqual([
    2,
    [
      ['🎉', 2],
      ['🐝', 1],
    ],
  ])
  await endAccount(outside, { accountId: rea.id })
  await settle()
  expect(await standing()).toEqual([
    [1, [['🎉', 1]]],
    [1, [['🎉', 1]]],
  ])
  expect(await Dislike.count()).toBe(0)
  await endAccount(outside, { accountId: bob.account.id })
  await settle()
  expect(await standing()).toEqual([
    [0, []],
    [0, []],
  ])
  expect(await rows({}, `SELECT FROM notifications WHERE kind IN ('reaction', 'favourite')`)).toEqual([])
})
