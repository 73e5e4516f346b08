import { instance } from '#config/instance'
import { forgetDialect } from '#core/instances/dialect'
import { Instance } from '#core/instances/instance.model'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import type { Post } from '#core/posts/post.model'
import { giveEmoji } from '#core/reactions/give-emoji'
import { react as favourite } from '#core/reactions/react'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { takeBackEmoji } from '#core/reactions/take-back-emoji'
import type { Account } from '#core/accounts/account.model'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'
import { settle } from '#test/support/settle'

let alice: Member
let far: Account
let theirs: Post

beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  far = await stranger('far', 'far.example')
  theirs = await post(far, { uri: 'https://far.example/notes/1' })
})

const give = async (name: string) => {
  await as(alice, giveEmoji, { postId: theirs.id, name })
  await settle()
}

/** The activities that went out. */
async function sent() {
  const found = await rows<{ body: string }>({}, 'SELECT body FROM outgoing_activities ORDER BY id')
  return found.map(({ body }) => JSON.parse(body))
}

test('emoji-reactions-01: a reaction leaves as a Like that says the emoji, and so does its Undo', async () => {
  const own = { ownerId: alice.account.id, purpose: 'emoji', state: 'ready', fileKey: 'e/c.png' } as const
  await Emoji.create({ shortcode: 'cat', mediumId: (await Medium.create(own)).id })
  await give('cat')
  await as(alice, takeBackEmoji, { postId: theirs.id, name: 'cat' })
  await settle()
  await give('🎉')
  const [like, undo, party] = await sent()
  expect(like).toMatchObject({
    type: 'Like',
    object: 'https://far.example/notes/1',
    to: [far.uri],
    content: ':cat:',
    _misskey_reaction: ':cat:',
    tag: [{ type: 'Emoji', id: `${instance.origin}/emojis/cat`, name: ':cat:', icon: { type: 'Image' } }],
  })
  const { '@context': context, ...inner } = like
  expect(undo).toMatchObject({ type: 'Undo', object: inner, '@context': context })
  expect(JSON.stringify(context)).toContain('misskey:_misskey_reaction')
  expect(party).toMatchObject({ type: 'Like', content: '🎉', _misskey_reaction: '🎉' })
  expect(party.tag).toBeUndefined()
  expect(new Set([like.id, party.id]).size).toBe(2)
})

test('emoji-reactions-01: one in the place of another takes that back first', async () => {
  await give('🐝')
  await give('🎉')
  const said = (await sent()).map(({ type, content, object }) => [type, content ?? object.content])
  expect(said).toEqual([
    ['Like', '🐝'],
    ['Undo', '🐝'],
    ['Like', '🎉'],
  ])
})

test('emoji-reactions-07: of an emoji of another server goes out what it is called and what it looks like', async () => {
  const picture = { url: 'https://far.example/cat.png', staticUrl: 'https://far.example/cat.png' }
  const emoji = 'cat@far.example'
  await receiveReaction(outside, { accountId: far.id, postId: theirs.id, emoji, picture })
  await give(emoji)
  const [like] = await sent()
  expect(like).toMatchObject({ content: ':cat:', tag: [{ name: ':cat:', icon: { url: picture.url } }] })
  expect(like.tag[0].id).toBeUndefined()
})

test('emoji-reactions-02: a server of the Pleroma family gets an EmojiReact, and a favourite as ever', async () => {
  await Instance.create({ domain: 'far.example', software: 'akkoma' })
  forgetDialect('far.example')
  await give('🎉')
  await Instance.update({ software: 'mastodon' }, { where: { domain: 'far.example' } })
  forgetDialect('far.example')
  await as(alice, takeBackEmoji, { postId: theirs.id, name: '🎉' })
  await settle()
  const [react, undo] = await sent()
  expect(react).toMatchObject({
    type: 'EmojiReact',
    content: '🎉',
    object: 'https://far.example/notes/1',
    to: [far.uri],
  })
  expect(react._misskey_reaction).toBeUndefined()
  expect(JSON.stringify(react['@context'])).toContain('litepub:EmojiReact')
  expect(undo).toMatchObject({ type: 'Undo', object: { type: 'EmojiReact', id: react.id } })
  await Instance.update({ software: 'pleroma' }, { where: { domain: 'far.example' } })
  forgetDialect('far.example')
  await as(alice, favourite, { postId: theirs.id })
  await settle()
  expect((await sent()).at(-1)).toMatchObject({ type: 'Like' })
})
