import { addToList } from '#core/relationships/add-to-list'
import { blockAccount } from '#core/relationships/block-account'
import { blockDomain } from '#core/relationships/block-domain'
import { createList } from '#core/relationships/create-list'
import { followAccount } from '#core/relationships/follow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { deletePost } from '#core/posts/delete-post'
import { tellStreams } from '#core/stream'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { makeToken } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'
import { closeAll, openSocket } from '#test/support/streams'

afterEach(closeAll)

/** Opens a stream that follows these channels, and gives what has come through them until now. */
async function following(who: Member, ...wishes: object[]) {
  const opened = await openSocket('', { token: await makeToken(['read'], who) })
  const commands = [{ stream: 'user' }, ...wishes].map((wish) => Object.assign({ type: 'subscribe' }, wish))
  for (const command of commands) {
    expectEntity('Streaming::Command', command)
    opened.say(command)
  }
  await opened.done()
  const told = async () => {
    const seen: string[] = []
    await settle()
    await tellStreams({}, { event: 'filters_changed', accountId: who.account.id })
    for (;;) {
      const { event, stream, payload } = await opened.frames.next()
      if (event === 'filters_changed') return seen.sort()
      const id = event === 'delete' ? `delete ${payload}` : String(JSON.parse(payload!).id)
      if (stream?.[0] !== 'user') seen.push(`${stream?.join(' ')}: ${id}`)
    }
  }
  return { ...opened, told }
}

const publicNames = ['public', 'public:local', 'public:remote'].flatMap((name) => [name, `${name}:media`])
const picture = { url: 'https://remote.example/1.png', mimeType: 'image/png', kind: 'image' as const }
const bees = { name: 'bees', display: 'Bees' }
let serial = 0
const elsewhere = () => ({ uri: `https://remote.example/posts/${(serial += 1)}` })

test('STRM-06 each public channel carries the posts that it is for', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const carol = await stranger('carol')
  const { told } = await following(alice, ...publicNames.map((stream) => ({ stream })))
  const here = await post(bob)
  const there = await post(carol, elsewhere())
  const seen = await post(carol, { ...elsewhere(), attachments: [picture] })
  await post(bob, { visibility: 'unlisted' })
  await post(bob, { replyTo: there })
  await boost(bob, there)
  await post(await stranger('dan', 'remote.example', { silencedAt: new Date() }), elsewhere())
  const withPicture = ['public', 'public:media', 'public:remote', 'public:remote:media']
  expect(await told()).toEqual(
    [
      `public: ${here.id}`,
      `public:local: ${here.id}`,
      `public: ${there.id}`,
      `public:remote: ${there.id}`,
      ...withPicture.map((name) => `${name}: ${seen.id}`),
    ].sort(),
  )
})

test('STRM-06 STRM-08 hashtag channels carry posts with the tag, under the words of the client', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { told, say, done } = await following(
    alice,
    { stream: 'hashtag', tag: 'BEES' },
    { stream: 'hashtag:local', tag: 'bees' },
  )
  const here = await post(bob, { hashtags: [bees] })
  const there = await post(await stranger('carol'), { ...elsewhere(), hashtags: [bees] })
  await post(bob, { hashtags: [{ name: 'wasps', display: 'wasps' }] })
  await post(bob, { hashtags: [bees], visibility: 'unlisted' })
  expect(await told()).toEqual(
    [`hashtag BEES: ${here.id}`, `hashtag BEES: ${there.id}`, `hashtag:local bees: ${here.id}`].sort(),
  )
  say({ type: 'unsubscribe', stream: 'hashtag', tag: 'BEES' })
  await done()
  const last = await post(bob, { hashtags: [bees] })
  expect(await told()).toEqual([`hashtag:local bees: ${last.id}`])
})

test('STRM-06 the channel of a list carries what enters the list', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  await as(alice, followAccount, { accountId: bob.account.id })
  const list = await as(alice, createList, { title: 'friends' })
  await as(alice, addToList, { listId: list.id, accountIds: [bob.account.id] })
  await settle()
  const { told } = await following(alice, { stream: 'list', list: list.id })
  const one = await post(bob)
  await post(carol)
  expect(await told()).toEqual([`list ${list.id}: ${one.id}`])
  await as(bob, deletePost, { postId: one.id })
  expect(await told()).toEqual([`list ${list.id}: delete ${one.id}`])
})

test('STRM-12 subscribing twice does not double the events, and one unsubscription ends them', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { told, say, done } = await following(alice, { stream: 'public' }, { stream: 'public' })
  const one = await post(bob)
  expect(await told()).toEqual([`public: ${one.id}`])
  say({ type: 'unsubscribe', stream: 'public' })
  await done()
  await post(bob)
  expect(await told()).toEqual([])
})

test('STRM-15 public streams leave out blocked, blocking and muted authors, blocked servers and other languages', async () => {
  const { alice, bob, carol, dan, eve } = await cast('alice', 'bob', 'carol', 'dan', 'eve')
  await as(alice, blockAccount, { accountId: bob.account.id })
  await as(carol, blockAccount, { accountId: alice.account.id })
  await as(alice, muteAccount, { accountId: dan.account.id })
  await alice.user.update({ chosenLanguages: ['en'] })
  await settle()
  await as(alice, blockDomain, { domain: 'blocked.example' })
  const { told } = await following(alice, { stream: 'public' }, { stream: 'hashtag', tag: 'bees' })
  for (const author of [bob, carol, dan]) await post(author, { hashtags: [bees] })
  await post(await stranger('far', 'blocked.example'), { hashtags: [bees], ...elsewhere() })
  await post(eve, { hashtags: [bees], language: 'de' })
  await post(eve, { mentions: [dan] })
  const welcome = await post(eve, { hashtags: [bees] })
  expect(await told()).toEqual([`hashtag bees: ${welcome.id}`, `public: ${welcome.id}`])
})

test('STRM-11 what cannot be followed is said on the socket, which stays open', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const list = await as(bob, createList, { title: 'mine' })
  const { say, frames, told } = await following(alice)
  const wrong: [object, number][] = [
    [{ stream: 'weather' }, 400],
    [{}, 400],
    [{ stream: { evil: 1 } }, 400],
    [{ stream: '__proto__' }, 400],
    [{ stream: 'hashtag' }, 400],
    [{ stream: 'hashtag', tag: '' }, 400],
    [{ stream: 'hashtag', tag: '#!' }, 400],
    [{ stream: 'hashtag:local', tag: { a: 1 } }, 400],
    [{ stream: 'list' }, 400],
    [{ stream: 'list', list: list.id }, 401],
    [{ stream: 'list', list: '1' }, 401],
    [{ stream: 'list', list: "1' OR true" }, 401],
    [{ stream: 'list', list: '99999999999999999999999999' }, 401],
  ]
  for (const [wish, status] of wrong) {
    say({ type: 'subscribe', ...wish })
    const answer = await frames.next()
    expectEntity('Streaming::Error', answer)
    expect({ wish, status: answer.status }).toEqual({ wish, status })
  }
  expect(await told()).toEqual([])
})

test('STRM-04 STRM-11 a channel beyond the scopes of the token is refused on the socket', async () => {
  const { alice } = await cast('alice')
  const posts = await openSocket('', { token: await makeToken(['read:statuses'], alice) })
  posts.say({ type: 'subscribe', stream: 'user:notification' })
  expect(await posts.frames.next()).toMatchObject({ status: 401 })
  const others = await openSocket('?stream=user', {
    token: await makeToken(['write', 'read:notifications'], alice),
  })
  expect(await others.frames.next()).toMatchObject({ status: 401 })
})
