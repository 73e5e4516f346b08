import { Medium } from '#core/media/medium.model'
import { Mention } from '#core/posts/mention.model'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { PostEdit } from '#core/posts/edits/post-edit.model'
import { receiveEdit } from '#core/posts/edits/receive-edit'
import { receivePost } from '#core/posts/receive-post'
import { removePost } from '#core/posts/remove-post'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { Forbidden, Gone } from '#platform/errors'
import { member, stranger } from '#test/factories/account'
import { outside, remotePost } from '#test/factories/remote-post'

const fresh = (uri: string) => Post.findOne({ where: { uri }, rejectOnEmpty: true })
const [first, second, third] = ['2026-02-01', '2026-02-02', '2026-02-03'].map((day) => new Date(day))

test('R-024 the newer edit wins, in whatever order they come', async () => {
  const rea = await stranger('rea')
  const draft = remotePost(rea, '1')
  await receivePost(outside, draft)
  await receiveEdit(outside, { ...draft, html: '<p>third</p>', updatedAt: third })
  await receiveEdit(outside, { ...draft, html: '<p>second</p>', updatedAt: second })
  await receiveEdit(outside, { ...draft, html: '<p>other third</p>', updatedAt: third })
  const note = await fresh(draft.uri)
  expect([note.html, note.editedAt]).toEqual(['<p>third</p>', third])
  const kept = await PostEdit.findAll()
  expect(kept.map(({ html, createdAt }) => [html, createdAt])).toEqual([['<p>hello</p>', draft.publishedAt]])
})

test('federation rule 117 an edit that comes first is the post; the Create changes nothing after it', async () => {
  const rea = await stranger('rea')
  const draft = remotePost(rea, '1')
  await receiveEdit(outside, { ...draft, html: '<p>newer</p>', updatedAt: first })
  await receivePost(outside, draft)
  expect((await fresh(draft.uri)).html).toBe('<p>newer</p>')
  expect(await Post.count()).toBe(1)
})

test('federation rule 119 an edit without a time counts when something differs', async () => {
  const rea = await stranger('rea')
  const draft = remotePost(rea, '1')
  await receivePost(outside, draft)
  await receiveEdit(outside, draft)
  expect((await fresh(draft.uri)).editedAt).toBe(null)
  await receiveEdit(outside, { ...draft, html: '<p>changed</p>' })
  const note = await fresh(draft.uri)
  expect([note.html, note.version]).toEqual(['<p>changed</p>', 2])
  expect(Math.abs(note.editedAt!.getTime() - now().getTime())).toBeLessThan(5000)
})

test('R-021 the same edit many times in parallel is one revision and one fact', async () => {
  const rea = await stranger('rea')
  const draft = remotePost(rea, '1')
  await receivePost(outside, draft)
  const edit = { ...draft, html: '<p>new</p>', updatedAt: first! }
  await Promise.all(Array.from({ length: 50 }, () => receiveEdit(outside, edit)))
  expect(await PostEdit.count()).toBe(1)
  expect(await rows({}, `SELECT FROM owed_work WHERE payload->>'name' = 'post.edited'`)).toHaveLength(1)
})

test('attachments keep their rows, new ones join in their order, and dropped ones leave the post', async () => {
  const rea = await stranger('rea')
  const medium = (name: string) => ({
    url: `https://remote.example/${name}.png`,
    mimeType: 'image/png',
    kind: 'image' as const,
  })
  const draft = remotePost(rea, '1', { attachments: [medium('a'), medium('b')] })
  const note = await receivePost(outside, draft)
  const names = async () =>
    (await Medium.findAll({ where: { postId: note.id }, order: ['position'] })).map(
      ({ remoteUrl, description }) => [remoteUrl?.at(-5), description],
    )
  const b = await Medium.findOne({ where: { remoteUrl: medium('b').url }, rejectOnEmpty: true })
  await receiveEdit(outside, {
    ...draft,
    attachments: [medium('c'), { ...medium('b'), description: 'bees' }],
    updatedAt: first!,
  })
  expect(await names()).toEqual([
    ['c', null],
    ['b', 'bees'],
  ])
  expect((await Medium.findByPk(b.id))!.postId).toBe(note.id)
  const [kept] = await PostEdit.findAll()
  expect(kept!.media.map((each) => (each as Medium).remoteUrl)).toEqual([medium('a').url, medium('b').url])
})

test('who is not named any more may still see the post', async () => {
  const [rea, alice] = [await stranger('rea'), await member('alice')]
  const draft = remotePost(rea, '1', { visibility: 'direct', mentions: [{ accountId: alice.account.id }] })
  const note = await receivePost(outside, draft)
  const silent = async () => (await Mention.findOne({ where: { postId: note.id } }))?.isSilent
  await receiveEdit(outside, { ...draft, html: '<p>other</p>', mentions: [], updatedAt: first! })
  expect(await silent()).toBe(true)
  await receiveEdit(outside, { ...draft, html: '<p>back</p>', updatedAt: second! })
  expect(await silent()).toBe(false)
})

test('federation rule 118 the counts of a poll change without an edit, other questions lose their votes', async () => {
  const rea = await stranger('rea')
  const poll = { options: ['a', 'b'], tallies: [1, 2], votersCount: 3, isMultiple: false, expiresAt: third! }
  const draft = remotePost(rea, '1', { poll })
  const note = await receivePost(outside, draft)
  await receiveEdit(outside, { ...draft, poll: { ...poll, tallies: [4, 2], votersCount: 6 } })
  const current = () => Poll.findOne({ where: { postId: note.id }, rejectOnEmpty: true })
  expect([(await current()).tallies, (await fresh(draft.uri)).editedAt]).toEqual([[4, 2], null])
  expect((await fresh(draft.uri)).version).toBe(2)
  const other = { ...poll, options: ['x', 'y'], tallies: [0, 0], votersCount: 0 }
  await receiveEdit(outside, { ...draft, poll: other, updatedAt: draft.publishedAt! })
  expect((await current()).options).toEqual(['a', 'b'])
  await receiveEdit(outside, { ...draft, poll: other, updatedAt: third! })
  expect((await current()).options).toEqual(['x', 'y'])
  const [kept] = await PostEdit.findAll()
  expect(kept!.pollOptions).toEqual(['a', 'b'])
})

test('federation rules 62 and 130 nobody else edits a post, and what was deleted stays so', async () => {
  const [rea, sam] = [await stranger('rea'), await stranger('sam')]
  const draft = remotePost(rea, '1')
  await receivePost(outside, draft)
  await expect(receiveEdit(outside, { ...draft, authorId: sam.id, updatedAt: first! })).rejects.toThrow(
    Forbidden,
  )
  await removePost(outside, { uri: draft.uri, actorId: rea.id })
  await expect(receiveEdit(outside, { ...draft, updatedAt: first! })).rejects.toThrow(Gone)
})
