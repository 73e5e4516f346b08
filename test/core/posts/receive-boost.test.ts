import { Account } from '#core/accounts/account.model'
import { Post } from '#core/posts/post.model'
import { receiveBoost } from '#core/posts/receive-boost'
import { withdrawBoost } from '#core/posts/withdraw-boost'
import { Block } from '#core/relationships/block.model'
import { rows } from '#platform/db'
import { Forbidden, Gone, NotFound } from '#platform/errors'
import { member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'

const uriOf = (name: string) => `https://remote.example/boosts/${name}`
const announce = (author: Account, of: { id: string }, name: string, more = {}) =>
  receiveBoost(outside, {
    uri: uriOf(name),
    authorId: author.id,
    postId: of.id,
    visibility: 'public',
    publishedAt: new Date(`2026-01-0${name.at(-1)}`),
    ...more,
  })
const boostsOf = async ({ id }: { id: string }) => (await Post.findByPk(id))!.boostsCount

test('federation rule 127 a second boost of the same post adds nothing but its id', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  const first = await announce(rea, note, '1')
  expect((await announce(rea, note, '2')).id).toBe(first.id)
  expect([await boostsOf(note), (await Post.findByPk(first.id))!.uri]).toEqual([1, uriOf('2')])
  await withdrawBoost(outside, { actorId: rea.id, uri: uriOf('1') })
  expect(await boostsOf(note)).toBe(1)
  await withdrawBoost(outside, { actorId: rea.id, uri: uriOf('2') })
  expect([await boostsOf(note), await Post.count()]).toEqual([0, 1])
  const [fact] = await rows<{ payload: { payload: object } }>(
    {},
    `SELECT payload FROM owed_work WHERE payload->>'name' = 'post.unboosted'`,
  )
  expect(fact!.payload.payload).toEqual({
    postId: first.id,
    authorId: rea.id,
    boostOfId: note.id,
    uri: uriOf('2'),
  })
})

test('R-023 a boost that was taken back before it came is refused', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  await withdrawBoost(outside, { actorId: rea.id, uri: uriOf('1'), postId: note.id })
  await expect(announce(rea, note, '1')).rejects.toThrow(Gone)
  await announce(rea, note, '2')
  expect(await boostsOf(note)).toBe(1)
})

test('an Undo without an id takes back what is there, and nobody takes back what others did', async () => {
  const [alice, rea, sam] = [await member('alice'), await stranger('rea'), await stranger('sam')]
  const note = await post(alice)
  await announce(rea, note, '1')
  await withdrawBoost(outside, { actorId: sam.id, postId: note.id })
  await withdrawBoost(outside, { actorId: sam.id, uri: uriOf('1') })
  expect(await boostsOf(note)).toBe(1)
  await withdrawBoost(outside, { actorId: rea.id, postId: note.id })
  expect(await boostsOf(note)).toBe(0)
})

test('federation rule 138 private posts are boosted by their author alone, direct ones by nobody', async () => {
  const [rea, sam] = [await stranger('rea'), await stranger('sam')]
  const closed = await post(rea, { uri: 'https://remote.example/posts/1', visibility: 'private' })
  const direct = await post(rea, { uri: 'https://remote.example/posts/2', visibility: 'direct' })
  await expect(announce(sam, closed, '1')).rejects.toThrow(Forbidden)
  await expect(announce(rea, direct, '2')).rejects.toThrow(Forbidden)
  expect((await announce(rea, closed, '3')).visibility).toBe('private')
})

test('federation rule 148 blocked people boost nothing of the one who blocks them', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  await Block.create({ blockerId: alice.account.id, blockedId: rea.id })
  await expect(announce(rea, note, '1')).rejects.toThrow(Forbidden)
})

test('a boost of a boost boosts the original; of nothing there is no boost', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const note = await post(alice)
  expect((await announce(rea, await boost(alice, note), '1')).boostOfId).toBe(note.id)
  await expect(announce(rea, { id: '1' }, '2')).rejects.toThrow(NotFound)
})
