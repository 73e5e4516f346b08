import { Account } from '#core/accounts/account.model'
import { postUri } from '#core/addresses'
import type { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { readAccount } from '#federation/objects/account'
import { assertHandleDomain } from '#federation/handle-domain'
import { cast } from '#test/factories/account'
import { post } from '#test/factories/post'
import { closeListeners } from '#test/support/listener'
import { activityOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { startFediverse, type StubFediverse } from '#test/support/stub-actors'

let stub: StubFediverse
let ann: RemoteActor
let mine: Post

beforeAll(async () => {
  stub = await startFediverse()
})
afterAll(closeListeners)

beforeEach(async () => {
  stub.clear()
  mine = await post((await cast('bea')).bea)
  ann = await stub.actor('ann')
})

const cat = { type: 'Emoji', name: ':cat:', icon: { type: 'Image', url: 'https://x.example/cat.png' } }

test.each([
  ['🎉', [], 1],
  ['❤', [], 1],
  ['👩‍👩‍👧', [], 1],
  [':cat:', [cat], 1],
  [':cat@x.example:', [cat], 1],
  [':cat:', [], 0],
  ['👌👌', [], 0],
  ['no', [], 0],
  [undefined, [], 0],
])('emoji-reactions-04: an EmojiReact of %s is taken if it is one emoji', async (content, tag, count) => {
  await tell(ann, activityOf(ann, 'EmojiReact', postUri(mine), { content, tag }))
  expect(await Reaction.count()).toBe(count)
})

test('emoji-reactions-04: whatever a Like says, it is one', async () => {
  await tell(ann, activityOf(ann, 'Like', postUri(mine), { content: '👌👌' }))
  expect(await Reaction.count()).toBe(1)
})

test('edits-04: of a change of a group by a moderator counts what the server of the group gives, now and then', async () => {
  const hour = new Date(Date.now() - 3_600_000)
  const group = await stub.actor('tea', { kind: 'group', fetchedAt: hour })
  const person = await stub.actor('joe', { fetchedAt: hour })
  const nameOf = async ({ account }: RemoteActor) => (await Account.findByPk(account.id))?.displayName
  for (const { uri } of [group, person]) {
    stub.describe(uri.split('/').at(-1)!, { type: 'Group', name: 'true' })
    await tell(ann, activityOf(ann, 'Update', { type: 'Group', id: uri, name: 'forged' }))
  }
  expect(await nameOf(group)).toBe('true')
  expect(await nameOf(person)).toBe('')
  stub.describe('tea', { type: 'Group', name: 'newer' })
  await tell(ann, activityOf(ann, 'Update', { type: 'Group', id: group.uri, name: 'forged' }))
  expect(await nameOf(group)).toBe('true')
})

test('FEP-fb2a: a field that is said in two forms is shown once', () => {
  const attachment = [
    { type: 'Note', name: 'Place', content: 'here' },
    { type: 'PropertyValue', name: 'Place', value: 'here' },
    { type: 'Link', name: 'Page', href: 'https://x.example/' },
  ]
  const actor = { id: 'https://x.example/u', type: 'Person', inbox: 'https://x.example/u/inbox', attachment }
  expect(readAccount(actor, { username: 'u', domain: 'x.example' })?.fields).toEqual([
    { name: 'Place', valueHtml: 'here' },
    { name: 'Page', valueHtml: 'https://x.example/' },
  ])
})

test('discovery-01: a host may have an underscore in its name', () => {
  expect(() => assertHandleDomain('my_blog.example.com', { allowPrivate: false, ports: [443] })).not.toThrow()
})
