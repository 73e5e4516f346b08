import { Account } from '#core/accounts/account.model'
import { User } from '#core/auth/user.model'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import { UnexpectedMentions } from '#core/posts/compose-content'
import { createPost } from '#core/posts/create-post'
import { Mention } from '#core/posts/mention.model'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { Block } from '#core/relationships/block.model'
import { nowhere } from '#core/remote'
import { now, shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { Forbidden, Invalid, NotFound } from '#platform/errors'
import { as, cast, member, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'

afterEach(() => shiftClock(0))

const mentionedBy = async ({ id }: Post) =>
  (await Mention.findAll({ where: { postId: id }, order: ['position'] })).map(({ accountId }) => accountId)
const upload = (owner: Member, more: Partial<Medium> = {}) =>
  Medium.create({ ownerId: owner.account.id, state: 'ready', kind: 'image', ...more })

test('POST-01 a post needs words or media; a poll alone is not enough', async () => {
  const alice = await member('alice')
  await expect(as(alice, createPost, { text: ' \n ' })).rejects.toThrow(Invalid)
  await expect(as(alice, createPost, { poll: { options: ['a', 'b'], expiresIn: 600 } })).rejects.toThrow(
    Invalid,
  )
  const medium = await upload(alice)
  expect((await as(alice, createPost, { mediaIds: [medium.id] })).hasMedia).toBe(true)
  expect(await Post.count()).toBe(1)
})

test('POST-02 the same key gives the first post again within a day, and counts for one member only', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const first = await as(alice, createPost, { text: 'once', idempotencyKey: 'k' })
  expect((await as(alice, createPost, { text: 'once', idempotencyKey: 'k' })).id).toBe(first.id)
  expect((await as(bob, createPost, { text: 'once', idempotencyKey: 'k' })).id).not.toBe(first.id)
  expect((await as(alice, createPost, { text: 'once', idempotencyKey: ' ' })).id).not.toBe(first.id)
  shiftClock(25 * 3_600_000)
  expect((await as(alice, createPost, { text: 'once', idempotencyKey: 'k' })).id).not.toBe(first.id)
})

test('R-030 twenty parallel copies with one key are one post; another body with it is refused', async () => {
  const alice = await member('alice')
  const key = 'x'.repeat(5000)
  const made = await Promise.all(
    Array.from({ length: 20 }, () => as(alice, createPost, { text: 'hi', idempotencyKey: key })),
  )
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(await Post.count()).toBe(1)
  await expect(as(alice, createPost, { text: 'ho', idempotencyKey: key })).rejects.toThrow(Invalid)
})

test('POST-02 a post that was refused leaves its key free', async () => {
  const alice = await member('alice')
  await expect(as(alice, createPost, { text: '', idempotencyKey: 'k' })).rejects.toThrow(Invalid)
  expect((await as(alice, createPost, { text: 'now', idempotencyKey: 'k' })).text).toBe('now')
})

test("POST-03 what is not said follows the member's preferences", async () => {
  const user = { defaultVisibility: 'private', defaultSensitive: true, defaultLanguage: 'de' } as const
  const alice = await member('alice', { user })
  const plain = await as(alice, createPost, { text: 'hi' })
  expect([plain.visibility, plain.isSensitive, plain.language]).toEqual(['private', true, 'de'])
  const said = await as(alice, createPost, {
    text: 'hi',
    visibility: 'public',
    isSensitive: false,
    language: 'fr',
  })
  expect([said.visibility, said.isSensitive, said.language]).toEqual(['public', false, 'fr'])
})

test('POST-04 a warning makes a post sensitive, whatever else is said', async () => {
  const alice = await member('alice')
  const note = await as(alice, createPost, { text: 'hi', spoilerText: 'spiders', isSensitive: false })
  expect([note.isSensitive, note.spoilerText]).toEqual([true, 'spiders'])
})

test('POST-05 a warning without a text becomes the text', async () => {
  const alice = await member('alice')
  const note = await as(alice, createPost, { text: ' ', spoilerText: 'spiders' })
  expect([note.text, note.spoilerText, note.html]).toEqual(['spiders', '', '<p>spiders</p>'])
})

test('POST-06 an unknown visibility is refused, and what limited members publish stays off the lists', async () => {
  const alice = await member('alice')
  await expect(as(alice, createPost, { text: 'hi', visibility: 'limited' })).rejects.toThrow(Invalid)
  await Account.update({ silencedAt: now() }, { where: { domain: null } })
  expect((await as(alice, createPost, { text: 'hi', visibility: 'public' })).visibility).toBe('unlisted')
  expect((await as(alice, createPost, { text: 'hi', visibility: 'private' })).visibility).toBe('private')
})

test('POST-08 what may not be seen cannot be answered, and an answer to a boost answers the original', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const hidden = await post(alice, { visibility: 'direct' })
  await expect(as(bob, createPost, { text: 'hi', replyToId: hidden.id })).rejects.toThrow(NotFound)
  await expect(as(bob, createPost, { text: 'hi', replyToId: '1' })).rejects.toThrow(NotFound)
  const original = await post(alice)
  const boosted = await boost(alice, original)
  expect((await as(bob, createPost, { text: 'hi', replyToId: boosted.id })).replyToId).toBe(original.id)
})

test('POST-10 the language is a known code, else the usual one of the member, else English', async () => {
  const alice = await member('alice', { user: { defaultLanguage: 'pt', locale: 'fr' } })
  const languageOf = async (language: string) =>
    (await as(alice, createPost, { text: 'x', language })).language
  expect(await languageOf('ja')).toBe('ja')
  expect(await languageOf('ast')).toBe('ast')
  expect(await languageOf('zh-TW')).toBe('zh-TW')
  expect(await languageOf('klingon')).toBe('pt')
  expect(await languageOf('qqx')).toBe('pt')
  await User.update({ defaultLanguage: null }, { where: { disabledAt: null } })
  expect(await languageOf('')).toBe('fr')
  await User.update({ locale: '--' }, { where: { disabledAt: null } })
  expect(await languageOf('')).toBe('en')
})

test('POST-11 500 characters fit, warning included, and 501 do not', async () => {
  const alice = await member('alice')
  await as(alice, createPost, { text: '👩‍👩‍👧'.repeat(490), spoilerText: 'x'.repeat(10) })
  await as(alice, createPost, { text: `${'x'.repeat(476)} https://a.example/${'y'.repeat(300)}` })
  await expect(as(alice, createPost, { text: 'x'.repeat(491), spoilerText: 'x'.repeat(10) })).rejects.toThrow(
    'character limit of 500',
  )
})

test('POST-13 media must be own, ready, free, at most four, and moving ones stand alone', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const pictures = await Promise.all(Array.from({ length: 5 }, () => upload(alice)))
  const ids = pictures.map(({ id }) => id)
  const [video, foreign] = [await upload(alice, { kind: 'video' }), await upload(bob)]
  const waiting = await upload(alice, { state: 'processing' })
  for (const mediaIds of [
    ids,
    [ids[0]!, video.id],
    [foreign.id],
    [waiting.id],
    ['1'],
    ['nonsense'],
    ['99999999999999999999'],
  ]) {
    await expect(as(alice, createPost, { text: 'x', mediaIds })).rejects.toThrow(Invalid)
  }
  const order = [ids[2]!, ids[0]!, ids[3]!]
  const note = await as(alice, createPost, { text: 'x', mediaIds: order })
  const attached = await Medium.findAll({ where: { postId: note.id }, order: ['position'] })
  expect(attached.map(({ id }) => id)).toEqual(order)
  await expect(as(alice, createPost, { text: 'x', mediaIds: [ids[0]!] })).rejects.toThrow(Invalid)
  expect((await as(alice, createPost, { text: 'x', mediaIds: [video.id] })).hasMedia).toBe(true)
})

test('POST-14 a poll has 2 to 4 different short options and an end within its bounds; media may stand beside it', async () => {
  const alice = await member('alice')
  const medium = await upload(alice)
  const ask = (options: string[], expiresIn?: number) =>
    as(alice, createPost, { text: 'well?', poll: { options, expiresIn } })
  for (const [options, seconds] of [
    [['a'], 600],
    [['a', ' '], 600],
    [['a', 'b', 'c', 'd', 'e'], 600],
    [['a', 'a '], 600],
    [['a', 'x'.repeat(51)], 600],
    [['a', 'b'], 299],
    [['a', 'b'], 2_629_747],
    [['a', 'b'], undefined],
    [['a', 'b'], Number.NaN],
  ] as [string[], number | undefined][]) {
    await expect(ask(options, seconds)).rejects.toThrow(Invalid)
  }
  const note = await as(alice, createPost, {
    text: 'well?',
    mediaIds: [medium.id],
    poll: { options: ['yes', 'no'], expiresIn: 300, isMultiple: true, hidesTotals: true },
  })
  const poll = await Poll.findOne({ where: { postId: note.id }, rejectOnEmpty: true })
  expect([poll.options, poll.tallies, poll.isMultiple, poll.hidesTotals]).toEqual([
    ['yes', 'no'],
    [0, 0],
    true,
    true,
  ])
  expect(Math.abs(poll.expiresAt!.getTime() - now().getTime() - 300_000)).toBeLessThan(5000)
})

test('POST-15 naming somebody unexpected is refused with who it was', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const text = '@bob @carol hi'
  const refusal = as(alice, createPost, { text, allowedMentions: [bob.account.id] })
  await expect(refusal).rejects.toThrow(UnexpectedMentions)
  await expect(refusal).rejects.toMatchObject({ accounts: [{ id: carol.account.id, acct: 'carol' }] })
  await expect(as(alice, createPost, { text, allowedMentions: [] })).rejects.toThrow(UnexpectedMentions)
  const both = [bob.account.id, carol.account.id]
  expect(await mentionedBy(await as(alice, createPost, { text, allowedMentions: both }))).toEqual(both)
})

test('HTML-03 and HTML-04 people are named in the order of the text; who is unknown, suspended or blocked stays text', async () => {
  const { alice, bob, eve, sue } = await cast('alice', 'bob', 'eve', 'sue')
  const rea = await stranger('Rea')
  await Account.update({ suspendedAt: now() }, { where: { id: sue.account.id } })
  await Block.create({ blockerId: alice.account.id, blockedId: eve.account.id })
  const note = await as(alice, createPost, {
    text: '@rea@remote.example @BOB @bob@localhost:3000 @nobody @sue @eve @x@-bad',
  })
  expect(await mentionedBy(note)).toEqual([rea.id, bob.account.id])
  expect(note.html).toContain(`<a href="${rea.url}" class="u-url mention">@<span>Rea</span></a>`)
  expect(note.html).toContain('@nobody @sue @eve @x@-bad</p>')
})

test('people elsewhere are looked up at their own servers, and servers that stay silent hold nobody up', async () => {
  const alice = await member('alice')
  const asked: string[] = []
  const remote = {
    ...nowhere,
    findAccount: async (_: object, { username, domain }: { username: string; domain: string }) => {
      asked.push(`${username}@${domain}`)
      if (domain === 'silent.example') await new Promise(() => {})
      if (domain === 'broken.example') throw new Error('no')
      return (await stranger(username, domain)).id
    },
  }
  const text = '@rea@remote.example @sam@silent.example @bo@broken.example'
  const note = await createPost({ ...alice.ctx, remote }, { text })
  expect(asked).toEqual(['rea@remote.example', 'sam@silent.example', 'bo@broken.example'])
  expect(await mentionedBy(note)).toHaveLength(1)
  await createPost({ ...alice.ctx, remote }, { text: '@rea@remote.example' })
  expect(asked).toHaveLength(3)
})

test('hashtags and emojis of the text are kept with the post', async () => {
  const alice = await member('alice')
  const picture = await upload(alice, { purpose: 'emoji', fileKey: 'acorn.png' })
  await Emoji.create({ shortcode: 'acorn', mediumId: picture.id })
  await Emoji.create({ shortcode: 'gone', mediumId: picture.id, isDisabled: true })
  const note = await as(alice, createPost, {
    text: ':acorn: :gone: :none: #Größe #größe',
    visibility: 'unlisted',
  })
  expect(note.emojis.map(({ shortcode }) => shortcode)).toEqual(['acorn'])
  expect(
    await rows(
      {},
      'SELECT name, display_name, is_public FROM post_hashtags JOIN hashtags ON id = hashtag_id',
    ),
  ).toEqual([{ name: 'große', display_name: 'Größe', is_public: false }])
})

test('a reply to a private post stays as private (federation rule 137)', async () => {
  const alice = await member('alice')
  const parent = await post(alice, { visibility: 'private' })
  const reply = await as(alice, createPost, { text: 'x', replyToId: parent.id, visibility: 'public' })
  expect(reply.visibility).toBe('private')
})

test('only members write posts', async () => {
  const ctx = { actor: { kind: 'visitor' }, remote: nowhere } as const
  await expect(createPost(ctx, { text: 'hi' })).rejects.toThrow(Forbidden)
})
