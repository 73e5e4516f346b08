import { instance } from '#config/instance'
import { postUri } from '#core/addresses'
import { DomainRule } from '#core/instances/domain-rule.model'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import { Post } from '#core/posts/post.model'
import { Dislike } from '#core/reactions/dislike.model'
import { Reaction } from '#core/reactions/reaction.model'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { activityOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'

let ann: RemoteActor
let mine: Post
let bea: Member

beforeEach(async () => {
  bea = (await cast('bea')).bea
  mine = await post(bea)
  ann = await remoteActor('ann')
})

const tag = (name: string, more: object = {}) => ({
  type: 'Emoji',
  id: null,
  name,
  icon: { type: 'Image', mediaType: 'image/png', url: 'https://remote.example/cat.png' },
  ...more,
})
const say = (type: string, more: object) => activityOf(ann, type, postUri(mine), { ...more })
const given = async () => (await Reaction.findAll({ order: ['id'] })).map(({ emoji }) => emoji)
const favourites = async () => (await Post.findByPk(mine.id))!.favouritesCount

test.each([
  [{ content: '🎉' }, '🎉'],
  [{ _misskey_reaction: '🎉', content: 'x' }, '🎉'],
  [{ name: '🎉' }, '🎉'],
  [{ content: ' 👍🏽 ' }, '👍🏽'],
  [{ _misskey_reaction: 'pudding' }, '🍮'],
  [{ content: ':cat:', tag: [tag(':cat:')] }, 'cat@remote.example'],
  [{ content: ':cat@.:', tag: [tag(':cat@.:')] }, 'cat@remote.example'],
  // A heart, a star, nothing, or nothing that could be shown.
  [{ content: '❤' }, ''],
  [{ content: '⭐️' }, ''],
  [{ _misskey_reaction: 'star' }, ''],
  [{}, ''],
  [{ content: null, tag: 'x', name: { a: 1 } }, ''],
  [{ content: '👌👌' }, ''],
  [{ content: ':cat:' }, ''],
  [{ content: '<b>🎉</b>' }, ''],
])(
  'emoji-reactions-03, emoji-reactions-04: a Like that says %j is the reaction "%s"',
  async (more, emoji) => {
    await tell(ann, say('Like', more))
    expect(await given()).toEqual([emoji])
    expect(await favourites()).toBe(emoji === '' ? 1 : 0)
  },
)

test.each([
  [{ content: '❤' }, ['❤️']],
  [{ content: ':cat:', tag: [tag('cat')] }, ['cat@remote.example']],
  [{ content: 'like' }, []],
  [{}, []],
  [{ content: ':cat:', tag: [tag(':dog:')] }, []],
  [{ content: ':cat:', tag: [tag(':cat:', { icon: 'javascript:alert(1)' })] }, []],
  [{ content: ':cat:', tag: [tag(':cat:', { icon: `https://remote.example/${'a'.repeat(3000)}` })] }, []],
  [{ content: `:${'a'.repeat(101)}:`, tag: [tag(`:${'a'.repeat(101)}:`)] }, []],
  [{ content: ':a b:', tag: [tag(':a b:')] }, []],
  [{ content: ':cat@x/y:', tag: [tag(':cat:')] }, []],
  [{ content: { und: '🎉' } }, []],
])('emoji-reactions-03, emoji-reactions-04: an EmojiReact of %j is %j', async (more, emojis) => {
  await tell(ann, say('EmojiReact', more))
  expect(await given()).toEqual(emojis)
})

test.each([
  [{ content: ':cat@third.example:', tag: [tag(':cat@third.example:')] }, 'cat@third.example'],
  [
    { content: ':cat:', tag: [tag(':cat:', { id: 'https://third.example/emojis/cat' })] },
    'cat@third.example',
  ],
  [
    { content: ':cat:', tag: [tag(':cat:', { icon: { url: 'https://third.example/c' } })] },
    'cat@third.example',
  ],
  [
    { content: ':cat:', tag: [tag(':cat:', { icon: { url: 'https://files.remote.example/c' } })] },
    'cat@remote.example',
  ],
  [{ content: ':cat:', tag: [tag(':cat:', { id: 'https://remote.example/e/cat' })] }, 'cat@remote.example'],
])('emoji-reactions-07: the emoji of %j keeps its host', async (more, emoji) => {
  await tell(ann, say('EmojiReact', more))
  expect(await given()).toEqual([emoji])
})

test('emoji-reactions-07: emojis of ours look as we say, and there are no others', async () => {
  const medium = await Medium.create({
    ownerId: bea.account.id,
    purpose: 'emoji',
    state: 'ready',
    fileKey: 'e/cat.png',
  })
  await Emoji.create({ shortcode: 'cat', mediumId: medium.id })
  const ours = (code: string) => ({ content: `:${code}@${instance.domain}:`, tag: [tag(`:${code}:`)] })
  await tell(ann, say('EmojiReact', ours('cat')))
  await tell(ann, say('EmojiReact', ours('dog')))
  expect(await given()).toEqual(['cat'])
  expect((await Reaction.findOne())!.picture!.url).toMatch(/e\/cat\.png$/)
})

test('federation rule 228: no emoji of a suspended server is taken, whoever brings it', async () => {
  await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
  const bad = [
    { content: ':cat@bad.example:', tag: [tag(':cat:')] },
    { content: ':cat:', tag: [tag(':cat:', { id: 'https://bad.example/e', icon: 'https://x.example/e' })] },
    { content: ':cat@good.example:', tag: [tag(':cat:', { icon: 'https://a.bad.example/e' })] },
  ]
  for (const more of bad) await tell(ann, say('EmojiReact', more))
  expect(await given()).toEqual([])
})

test('federation rule 128: a reaction of the Misskey family replaces the one before, that of others adds', async () => {
  const misskey = (content: string) => say('Like', { content, _misskey_reaction: content })
  await tell(ann, say('EmojiReact', { content: '🐝' }))
  await tell(ann, say('Like', { content: '🎈' }))
  expect(await given()).toEqual(['🐝', '🎈'])
  await tell(ann, misskey('🎉'))
  expect(await given()).toEqual(['🎉'])
  await tell(ann, misskey('❤'))
  expect([await given(), await favourites()]).toEqual([[''], 1])
})

test('emoji-reactions-06: an Undo takes back one reaction alone, by its id or by what it says', async () => {
  const [bee, balloon, like] = [
    say('EmojiReact', { content: '🐝' }),
    say('EmojiReact', { content: '🎈' }),
    say('Like', {}),
  ]
  for (const each of [bee, balloon, like, say('EmojiReact', { content: ':cat:', tag: [tag('cat')] })])
    await tell(ann, each)
  await tell(ann, activityOf(ann, 'Undo', bee))
  expect(await given()).toEqual(['🎈', '', 'cat@remote.example'])
  const { id: _, ...nameless } = say('EmojiReact', { content: ':cat:', tag: [tag('cat')] })
  await tell(ann, activityOf(ann, 'Undo', nameless))
  expect(await given()).toEqual(['🎈', ''])
  await tell(ann, activityOf(ann, 'Undo', { type: 'EmojiReact', actor: ann.uri, object: postUri(mine) }))
  expect(await given()).toEqual(['🎈', ''])
  await tell(ann, activityOf(ann, 'Undo', { type: 'Like', actor: ann.uri, object: postUri(mine) }))
  expect(await given()).toEqual(['🎈'])
  await tell(ann, activityOf(ann, 'Undo', balloon.id))
  expect(await given()).toEqual([])
})

test('federation rule 65: nobody takes back the reaction or the vote of another', async () => {
  const eve = await remoteActor('eve', 'eve.example')
  const [bee, down] = [say('EmojiReact', { content: '🐝' }), say('Dislike', {})]
  for (const each of [bee, down]) await tell(ann, each)
  for (const each of [bee, down]) {
    await tell(eve, activityOf(eve, 'Undo', each))
    await tell(eve, activityOf(eve, 'Undo', { ...each, actor: eve.uri }))
    await tell(eve, activityOf(eve, 'Undo', each.id))
  }
  expect([await given(), await Dislike.count()]).toEqual([['🐝'], 1])
})

test('federation rule 129, votes-03: a Dislike is no like, replaces one, and is replaced and taken back', async () => {
  const down = say('Dislike', {})
  await tell(ann, say('Like', {}))
  await tell(ann, down)
  expect([await given(), await favourites(), await Dislike.count()]).toEqual([[], 0, 1])
  await tell(ann, say('Like', {}))
  expect([await given(), await favourites(), await Dislike.count()]).toEqual([[''], 1, 0])
  for (const undone of [undefined, { type: 'Dislike', actor: ann.uri, object: postUri(mine) }]) {
    const again = say('Dislike', {})
    await tell(ann, again)
    await tell(ann, activityOf(ann, 'Undo', undone ?? again.id))
    expect(await Dislike.count()).toBe(0)
  }
})
