import { buildIndex } from '#core/search/build-index'
import { startBuild } from '#core/search/builds'
import { findPosts } from '#core/search/find-posts'
import { countPosts } from '#core/search/index.queries'
import { rows } from '#platform/db'
import { as, member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'

test('an index is made of what is there, from nothing and again, without boosts', async () => {
  const alice = await member('alice')
  const { id } = await post(alice, { text: 'badger' })
  await boost(alice, { id })
  const find = () => as(alice, findPosts, { query: 'badger', limit: 20, offset: 0 })
  expect(await find()).toEqual([])
  expect(await countPosts({})).toEqual({ posts: 1, indexed: 0, isWhole: false })
  expect(await buildIndex(alice.ctx)).toBe(true)
  expect(await find()).toEqual([id])
  expect(await countPosts({})).toEqual({ posts: 1, indexed: 1, isWhole: true })
  await rows({}, 'DELETE FROM post_documents')
  await buildIndex(alice.ctx)
  expect(await find()).toEqual([])
  await startBuild({})
  expect(await countPosts({})).toMatchObject({ isWhole: false })
  let seen = 0
  await buildIndex(alice.ctx, (count) => (seen += count))
  expect([seen, await find()]).toEqual([1, [id]])
})

test('R-151 a build goes on where it was left, and one that starts again meanwhile counts', async () => {
  const alice = await member('alice')
  const posts = []
  for (let at = 0; at < 3; at += 1) posts.push(await post(alice, { text: 'badger' }))
  await rows({}, 'UPDATE search_builds SET next_id = $1', [posts[1]!.id])
  await buildIndex(alice.ctx)
  expect((await countPosts({})).indexed).toBe(1)
  let isFirst = true
  await startBuild({})
  await buildIndex(alice.ctx, () => {
    if (!isFirst) return
    isFirst = false
    void startBuild({})
  })
  expect(await countPosts({})).toMatchObject({ indexed: 3 })
})
