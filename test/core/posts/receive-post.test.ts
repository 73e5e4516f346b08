import { Account } from '#core/accounts/account.model'
import { Medium } from '#core/media/medium.model'
import { Mention } from '#core/posts/mention.model'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { receivePost } from '#core/posts/receive-post'
import { removePost } from '#core/posts/remove-post'
import { Block } from '#core/relationships/block.model'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { Forbidden, Gone } from '#platform/errors'
import { timeOfId } from '#platform/ids'
import { member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { outside, remotePost } from '#test/factories/remote-post'

const receive = (draft: Parameters<typeof receivePost>[1]) => receivePost(outside, draft)

test('a post of another server is stored with its parts, sanitised', async () => {
  const [rea, alice] = [await stranger('rea'), await member('alice')]
  const note = await receive(
    remotePost(rea, '1', {
      html: '<p onclick="x()">hi<script>alert(1)</script></p>',
      spoilerText: 'a\u0000 warning ',
      language: 'de',
      mentions: [{ accountId: alice.account.id }],
      hashtags: ['#Cats', 'cats', '##', 'Dogs'],
      attachments: [
        { url: 'https://remote.example/a.png', mimeType: 'image/png', kind: 'image' },
        { url: 'javascript:alert(1)', mimeType: 'image/png', kind: 'image' },
      ],
      emojis: [
        {
          shortcode: 'cat',
          url: 'https://remote.example/cat.png',
          staticUrl: 'https://remote.example/cat.png',
        },
        { shortcode: 'b:d', url: 'https://remote.example/cat.png', staticUrl: '' },
      ],
    }),
  )
  expect(note.html).not.toMatch(/onclick|<script/)
  expect([note.spoilerText, note.isSensitive, note.language]).toEqual(['a warning', true, 'de'])
  expect(note.emojis.map(({ shortcode }) => shortcode)).toEqual(['cat'])
  expect(await Mention.count({ where: { postId: note.id, accountId: alice.account.id } })).toBe(1)
  expect(await Medium.count({ where: { postId: note.id, state: 'remote' } })).toBe(1)
  const tags = await rows<{ name: string }>({}, 'SELECT name FROM hashtags ORDER BY name')
  expect(tags.map(({ name }) => name)).toEqual(['cats', 'dogs'])
})

test('federation rule 160 what is too much is dropped', async () => {
  const rea = await stranger('rea')
  const note = await receive(
    remotePost(rea, '1', {
      hashtags: Array.from({ length: 150 }, (_, at) => `tag${at}`),
      attachments: Array.from({ length: 40 }, (_, at) => ({
        url: `https://remote.example/${at}.png`,
        mimeType: 'image/png',
        kind: 'image' as const,
      })),
      poll: {
        options: Array.from({ length: 600 }, (_, at) => `option ${at}`),
        tallies: [-3, 2.5, Number.NaN, 1e12],
        isMultiple: false,
        expiresAt: null,
      },
      spoilerText: 'x'.repeat(5000),
    }),
  )
  expect((await rows({}, 'SELECT FROM post_hashtags')).length).toBe(100)
  expect(await Medium.count({ where: { postId: note.id } })).toBe(32)
  const poll = await Poll.findOne({ where: { postId: note.id }, rejectOnEmpty: true })
  expect([poll.options.length, poll.tallies.slice(0, 5), poll.votersCount]).toEqual([
    500,
    [0, 2, 0, 2_147_483_647, 0],
    null,
  ])
  expect(note.spoilerText).toHaveLength(2000)
})

test.each([
  ['1970', new Date('1970-01-01'), 'receipt', 'as told'],
  ['2106', new Date('2106-02-07'), 'receipt', 'receipt'],
  ['year 20000', new Date(Date.UTC(20000, 0)), 'receipt', 'receipt'],
  ['missing', null, 'receipt', 'receipt'],
  ['unreadable', new Date('2020-01-01T00:00:60Z'), 'receipt', 'receipt'],
  ['2019', new Date('2019-05-06T07:08:09.100Z'), 'as told', 'as told'],
] as const)(
  'R-181, federation rules 122, 123: a publication time of %s',
  async (_, publishedAt, sorted, shown) => {
    const before = now().getTime()
    const note = await receive(remotePost(await stranger('rea'), '1', { publishedAt }))
    const expected = (how: string, time: Date) =>
      how === 'as told'
        ? expect(time).toEqual(publishedAt)
        : expect(Math.abs(time.getTime() - before)).toBeLessThan(5000)
    expected(sorted, timeOfId(note.id))
    expected(shown, note.publishedAt)
  },
)

test.each([
  ['three years before its author joined', '2017-05-06', '2020-05-06', 'receipt'],
  ['a year before its author joined', '2019-05-06', '2020-05-06', 'as told'],
  ['by somebody whose server says nothing of that', '2017-05-06', undefined, 'as told'],
] as const)(
  'federation rule 122: a post from %s is shown as told and sorted by receipt if it cannot be',
  async (_, told, joined, sorted) => {
    const before = now().getTime()
    const author = await stranger('rea', 'remote.example', joined ? { createdAt: new Date(joined) } : {})
    const publishedAt = new Date(told)
    const note = await receive(remotePost(author, '1', { publishedAt }))
    expect(note.publishedAt).toEqual(publishedAt)
    const time = timeOfId(note.id)
    if (sorted === 'as told') expect(time).toEqual(publishedAt)
    else expect(Math.abs(time.getTime() - before)).toBeLessThan(5000)
  },
)

test('a post that was edited before it came says so', async () => {
  const rea = await stranger('rea')
  const updatedAt = new Date('2026-02-03T00:00:00Z')
  expect((await receive(remotePost(rea, '1', { updatedAt }))).editedAt).toEqual(updatedAt)
  const same = remotePost(rea, '2')
  expect((await receive({ ...same, updatedAt: same.publishedAt! })).editedAt).toBe(null)
})

test('federation rule 86 nobody here and nobody suspended speaks from outside', async () => {
  const [alice, sue] = [await member('alice'), await stranger('sue')]
  await Account.update({ suspendedAt: now() }, { where: { id: sue.id } })
  await expect(receive(remotePost(alice.account, '1'))).rejects.toThrow(Forbidden)
  await expect(receive(remotePost(sue, '2'))).rejects.toThrow(Forbidden)
  await expect(receive(remotePost({ id: '1' }, '3'))).rejects.toThrow(Forbidden)
})

test('federation rule 148 answers of blocked people are dropped', async () => {
  const [alice, rea] = [await member('alice'), await stranger('rea')]
  const parent = await post(alice)
  const replyToUri = `http://localhost:3000/users/${alice.account.id}/posts/${parent.id}`
  expect((await receive(remotePost(rea, '1', { replyToUri }))).replyToId).toBe(parent.id)
  await Block.create({ blockerId: alice.account.id, blockedId: rea.id })
  await expect(receive(remotePost(rea, '2', { replyToUri }))).rejects.toThrow(Forbidden)
})

test('R-023 a Create that comes after its Delete is refused', async () => {
  const rea = await stranger('rea')
  const draft = remotePost(rea, '1')
  expect(await removePost(outside, { uri: draft.uri, actorId: rea.id })).toBe(undefined)
  await expect(receive(draft)).rejects.toThrow(Gone)
})

test('R-025 Create and Delete in parallel leave nothing, whoever is first', async () => {
  const rea = await stranger('rea')
  for (let round = 0; round < 40; round += 1) {
    const drafts = Array.from({ length: 5 }, (_, at) => remotePost(rea, `${round}-${at}`))
    const remove = (uri: string) => removePost(outside, { uri, actorId: rea.id })
    await Promise.allSettled(
      drafts.flatMap((draft) =>
        round % 2 ? [receive(draft), remove(draft.uri)] : [remove(draft.uri), receive(draft)],
      ),
    )
  }
  expect(await Post.count()).toBe(0)
  expect((await Account.findByPk(rea.id))!.postsCount).toBe(0)
})

test('federation rule 63 only the author deletes a post, and only addresses of the own server are buried', async () => {
  const [rea, sam, eve] = [
    await stranger('rea'),
    await stranger('sam'),
    await stranger('eve', 'evil.example'),
  ]
  const note = await receive(remotePost(rea, '1'))
  await expect(removePost(outside, { uri: note.uri!, actorId: sam.id })).rejects.toThrow(Forbidden)
  await expect(
    removePost(outside, { uri: 'https://remote.example/posts/2', actorId: eve.id }),
  ).rejects.toThrow(Forbidden)
  expect((await receive(remotePost(rea, '2'))).uri).toBe('https://remote.example/posts/2')
  expect(await removePost(outside, { uri: note.uri!, actorId: rea.id })).toMatchObject({ id: note.id })
  expect(await Post.findByPk(note.id)).toBe(null)
})
