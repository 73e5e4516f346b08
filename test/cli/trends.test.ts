import { Hashtag } from '#core/posts/hashtag.model'
import { rows } from '#platform/db'
import { member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { kith } from '#test/support/cli'

test('trends list shows what trends and what was said of it; approve and reject say it', async () => {
  const tag = await Hashtag.create({ name: 'eclipse', displayName: 'Eclipse' })
  const { id } = await post(await member('alice'), {})
  await rows({}, `INSERT INTO trends (kind, subject_id, score) VALUES ('tags', $1, 3), ('statuses', $2, 1)`, [
    tag.id,
    id,
  ])
  const listed = async (kind: string) => JSON.parse((await kith('trends', 'list', kind, '--json')).out)
  expect(await listed('tags')).toEqual([{ id: tag.id, what: '#Eclipse', score: 3, isTrendable: null }])
  expect(await kith('trends', 'approve', 'tags', tag.id)).toMatchObject({ code: 0 })
  expect((await listed('tags'))[0].isTrendable).toBe(true)
  await kith('trends', 'reject', 'statuses', id)
  expect((await listed('statuses'))[0].isTrendable).toBe(false)
  expect((await kith('trends', 'list', 'tags')).out).toContain('approved')
  expect(await kith('trends', 'list', 'nonsense')).toMatchObject({ code: 2 })
  expect(await kith('trends', 'reject', 'links', 'x')).toMatchObject({ code: 2 })
  expect(await kith('trends', 'reject', 'links', '1')).toMatchObject({ code: 1 })
})

test('search index build makes the index of what is there, and status tells of it', async () => {
  await post(await member('alice'), { text: 'badger' })
  const status = async () => JSON.parse((await kith('search', 'index', 'status', '--json')).out)
  expect(await status()).toEqual({ posts: 1, indexed: 0, isWhole: false })
  expect((await kith('search', 'index', 'build')).out).toBe('Search knows 1 posts now.\n')
  expect(await status()).toEqual({ posts: 1, indexed: 1, isWhole: true })
})
