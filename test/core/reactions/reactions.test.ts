import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { withdrawReaction } from '#core/reactions/withdraw-reaction'
import { Block } from '#core/relationships/block.model'
import { rows } from '#platform/db'
import { Forbidden, Gone, NotFound } from '#platform/errors'
import { member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'

const uriOf = (name: string) => `https://remote.example/likes/${name}`
const countOf = async ({ id }: { id: string }) => (await Post.findByPk(id))!.favouritesCount
const facts = (name: string) =>
  rows<{ payload: { payload: object } }>({}, `SELECT payload FROM owed_work WHERE payload->>'name' = $1`, [
    name,
  ])

test('R-021 200 parallel copies of one Like are one row, one step and one fact', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  const like = { accountId: rea.id, postId: note.id, uri: uriOf('1') }
  await Promise.all(Array.from({ length: 200 }, () => receiveReaction(outside, like)))
  expect([await Reaction.count(), await countOf(note)]).toEqual([1, 1])
  expect(await facts('reaction.added')).toHaveLength(1)
})

test('federation rule 115 an Undo that comes first stops its Like, and no later one', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  const like = (name: string) =>
    receiveReaction(outside, { accountId: rea.id, postId: note.id, uri: uriOf(name) })
  await withdrawReaction(outside, { accountId: rea.id, uri: uriOf('1') })
  await expect(like('1')).rejects.toThrow(Gone)
  await like('2')
  await like('3')
  await withdrawReaction(outside, { accountId: rea.id, uri: uriOf('2'), postId: note.id })
  expect(await countOf(note)).toBe(1)
  await withdrawReaction(outside, { accountId: rea.id, uri: uriOf('3') })
  expect([await countOf(note), await Reaction.count()]).toEqual([0, 0])
  expect((await facts('reaction.removed'))[0]!.payload.payload).toMatchObject({
    accountId: rea.id,
    postId: note.id,
    emoji: '',
    uri: uriOf('3'),
  })
})

test('federation rule 65 nobody takes back what others did', async () => {
  const [alice, rea, sam] = [await member('alice'), await stranger('rea'), await stranger('sam')]
  const note = await post(alice)
  await receiveReaction(outside, { accountId: rea.id, postId: note.id, uri: uriOf('1') })
  await withdrawReaction(outside, { accountId: sam.id, uri: uriOf('1') })
  await withdrawReaction(outside, { accountId: sam.id, postId: note.id })
  expect(await countOf(note)).toBe(1)
  await withdrawReaction(outside, { accountId: rea.id, postId: note.id })
  expect(await countOf(note)).toBe(0)
})

test('a reaction to a boost counts for the original; blocked people and unknown posts get none', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  const boosted = await boost(rea, note, { uri: 'https://remote.example/boosts/1' })
  await receiveReaction(outside, { accountId: rea.id, postId: boosted.id })
  expect(await countOf(note)).toBe(1)
  await expect(receiveReaction(outside, { accountId: rea.id, postId: '1' })).rejects.toThrow(NotFound)
  await Block.create({ blockerId: alice.account.id, blockedId: rea.id })
  await expect(receiveReaction(outside, { accountId: rea.id, postId: note.id })).rejects.toThrow(Forbidden)
})

test('other emojis are kept and do not count as favourites', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  await receiveReaction(outside, { accountId: rea.id, postId: note.id, emoji: '🐝' })
  expect([await countOf(note), await Reaction.count()]).toEqual([0, 1])
  await withdrawReaction(outside, { accountId: rea.id, postId: note.id, emoji: '🐝' })
  expect([await countOf(note), await Reaction.count()]).toEqual([0, 0])
})
