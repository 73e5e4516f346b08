import { accountUri } from '#core/addresses'
import { isOver } from '#core/posts/polls/poll.policy'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import type { Json } from '#federation/properties'
import { inSeconds, shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'

let alice: Member
let ann: RemoteActor
beforeEach(async () => {
  ;[{ alice }, ann] = await Promise.all([cast('alice'), remoteActor('ann')])
  await follow(alice, ann)
})
afterEach(() => shiftClock(0))

let count = 0
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

/** The post that becomes of an object by ann. */
async function taken(more: Json): Promise<Post | null> {
  const object = noteOf(ann, `${(count += 1)}`, more)
  await tell(ann, activityOf(ann, 'Create', object))
  return Post.findOne({ where: { uri: String(object.id) } })
}

test('federation rule 140: what is addressed to neither everybody nor followers is direct, whatever its tags say', async () => {
  const tag = [
    { type: 'Hashtag', name: '#tea', href: 'https://remote.example/tags/tea' },
    { type: 'Mention', href: accountUri(alice.account), name: '@alice' },
    { type: 'Mention', href: PUBLIC, name: '@everybody' },
  ]
  for (const to of [[accountUri(alice.account)], []])
    expect((await taken({ to, cc: [], tag }))?.visibility).toBe('direct')
  expect((await taken({ to: [`${ann.uri}/followers`], cc: [], tag }))?.visibility).toBe('private')
  expect((await taken({ to: [PUBLIC], cc: [], tag }))?.visibility).toBe('public')
})

test.each([
  ['of a collection that nobody knows', ['https://remote.example/circles/7']],
  ['of the followers of somebody else', ['https://other.example/users/max/followers']],
  ['that is no address', ['everyone', 7, null, {}, ['deep']]],
  ['that is missing', undefined],
])('federation rule 141: an audience %s makes a post direct to the members it names', async (_what, to) => {
  const tag = [{ type: 'Mention', href: accountUri(alice.account), name: '@alice' }]
  const found = await taken({ to, cc: undefined, tag })
  expect(found?.visibility).toBe('direct')
  const named = await rows({}, 'SELECT account_id AS id FROM mentions WHERE post_id = $1', [found?.id])
  expect(named).toEqual([{ id: alice.account.id }])
})

test.each([
  'https://remote.example/#Public',
  'https://remote.example/users/ann#Public',
  'https://www.w3.org/ns/activitystreams#public',
  'http://www.w3.org/ns/activitystreams#Public',
  'https://www.w3.org.evil.example/ns/activitystreams#Public',
])('federation rule 142: %s is not everybody', async (address) => {
  for (const audience of [
    { to: [address], cc: [] },
    { to: [], cc: [address] },
  ])
    expect((await taken(audience))?.visibility).toBe('direct')
})

test('federation rule 142: everybody may be written short', async () => {
  for (const to of [PUBLIC, 'as:Public', 'Public']) expect((await taken({ to }))?.visibility).toBe('public')
})

test('federation rule 126: a poll is over at its endTime or when it was closed, whichever comes first', async () => {
  const at = (seconds: number) => inSeconds(seconds).toISOString()
  const ask = async (more: Json) => {
    const oneOf = ['tea', 'coffee'].map((name) => ({ type: 'Note', name }))
    const asked = await taken({ type: 'Question', oneOf, ...more })
    return Poll.findOne({ where: { postId: asked!.id }, rejectOnEmpty: true })
  }
  expect(isOver(await ask({ endTime: at(600) }))).toBe(false)
  expect(isOver(await ask({ endTime: at(-600) }))).toBe(true)
  expect(isOver(await ask({ endTime: at(600), closed: at(-5) }))).toBe(true)
  expect(isOver(await ask({ endTime: at(-5), closed: at(600) }))).toBe(true)
  const [sooner, later] = [
    await ask({ endTime: at(600), closed: at(300) }),
    await ask({ endTime: at(600), closed: at(900) }),
  ]
  shiftClock(400_000)
  expect([isOver(sooner), isOver(later)]).toEqual([true, false])
  shiftClock(700_000)
  expect(isOver(later)).toBe(true)
})

test('federation rule 164: the link of a post leads to the server of the post, whatever its url says', async () => {
  const url = 'https://bank.example/log-in'
  const article = { type: 'Article', name: 'A title', content: '<p>text</p>' }
  for (const object of [{ url }, { ...article, url }, { ...article, url: [{ type: 'Link', href: url }] }]) {
    const found = await taken(object)
    expect(found?.url).toBe(found?.uri)
    expect(found?.html).not.toContain('bank.example')
  }
  const own = 'https://remote.example/@ann/1'
  expect((await taken({ url: own }))?.url).toBe(own)
  expect((await taken({ ...article, url: own }))?.html).toContain(own)
})

test('federation rule 165: source and MFM are not rendered, and text of another kind is shown as it stands', async () => {
  const mfm = `${'$[x2 '.repeat(2000)}<script>alert(1)</script>`
  const source = { content: mfm, mediaType: 'text/x.misskeymarkdown' }
  expect((await taken({ content: '<p>hi</p>', source, _misskey_content: mfm }))?.html).toBe('<p>hi</p>')
  const raw = `${'> '.repeat(1000)}**<b onclick="x()">bold</b>**`
  const { html } = (await taken({ content: raw, mediaType: 'text/markdown' }))!
  expect(new Set(html.match(/<\/?\w+/g))).toEqual(new Set(['<p', '</p']))
  expect(html).toContain('&lt;b onclick')
})

test('federation rule 166: of a type that nobody knows a title and a link are shown, and never its JSON', async () => {
  const found = await taken({
    type: ['Object', 'Recipe'],
    name: 'Scones',
    content: undefined,
    ingredients: [{ type: 'Ingredient', name: 'flour', grams: 500 }],
    url: { type: 'Link', href: 'https://remote.example/recipes/1' },
  })
  expect(found?.html).toMatch(
    /^<p><strong>Scones<\/strong><\/p><p><a href="https:\/\/remote\.example\/recipes\/1"/,
  )
  expect(found?.html).not.toMatch(/[{}]|ingredient|flour/i)
  expect(await taken({ type: 'Recipe', content: undefined, ingredients: ['flour'] })).toBeNull()
})

test.each(['EncryptedMessage', 'PublicMessage', 'PrivateMessage', 'Welcome', 'GroupInfo', 'KeyPackage'])(
  'federation rule 167: what is encrypted is not shown as text: %s',
  async (type) => {
    const more = { content: 'AAEAAQ==', mediaType: 'message/mls', encoding: 'base64' }
    const to = [accountUri(alice.account)]
    for (const types of [type, ['Object', type]]) expect(await taken({ ...more, type: types, to })).toBeNull()
  },
)
