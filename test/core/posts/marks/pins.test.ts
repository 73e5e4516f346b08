import { pinPost } from '#core/posts/marks/pin-post'
import { receivePins } from '#core/posts/marks/receive-pins'
import { unpinPost } from '#core/posts/marks/unpin-post'
import { Post } from '#core/posts/post.model'
import { rows } from '#platform/db'
import { as, member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'

const pinnedBy = async (authorId: string) =>
  (
    await rows<{ id: string }>(
      {},
      'SELECT id FROM posts WHERE author_id = $1 AND pinned_at IS NOT NULL ORDER BY pinned_at DESC',
      [authorId],
    )
  ).map(({ id }) => id)

test('a pin and its end are stated once each', async () => {
  const alice = await member('alice')
  const note = await post(alice)
  for (const act of [pinPost, pinPost, unpinPost, unpinPost]) await as(alice, act, { postId: note.id })
  const facts = await rows<{ name: string }>(
    {},
    `SELECT payload->>'name' AS name FROM owed_work WHERE payload->>'name' LIKE 'post.%pinned' ORDER BY id`,
  )
  expect(facts.map(({ name }) => name)).toEqual(['post.pinned', 'post.unpinned'])
  expect((await Post.findByPk(note.id))!.version).toBe(3)
})

test('federation rule 70 pins of another server are its own posts in its order, no others and no boosts', async () => {
  const [rea, sam] = [await stranger('rea'), await stranger('sam')]
  const uri = (name: string) => `https://remote.example/posts/${name}`
  const [one, two, three] = [
    await post(rea, { uri: uri('1') }),
    await post(rea, { uri: uri('2') }),
    await post(rea, { uri: uri('3') }),
  ]
  const foreign = await post(sam, { uri: uri('4') })
  const boosted = await boost(rea, foreign, { uri: uri('5') })
  const pin = (...posts: Post[]) =>
    receivePins(outside, { authorId: rea.id, postIds: posts.map(({ id }) => id) })
  await pin(two, foreign, boosted, one)
  expect(await pinnedBy(rea.id)).toEqual([two.id, one.id])
  await pin(three, two)
  expect(await pinnedBy(rea.id)).toEqual([three.id, two.id])
  await pin()
  expect(await pinnedBy(rea.id)).toEqual([])
  expect(await pinnedBy(sam.id)).toEqual([])
})
