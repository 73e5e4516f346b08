import { createECDH, randomBytes } from 'node:crypto'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { withdrawReaction } from '#core/reactions/withdraw-reaction'
import type { Account } from '#core/accounts/account.model'
import type { Post } from '#core/posts/post.model'
import { cast, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

let alice: Member
let note: Post
let far: Account
const picture = { url: 'https://far.example/cat.png', staticUrl: 'https://far.example/cat.png' }
const fallback = { title: 'Somebody reacted to your post', summary: null, description: null }

beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  note = await post(alice, { text: 'hello' })
  far = await stranger('far', 'far.example')
})

const give = async (emoji: string, { id: accountId } = far, more = {}) => {
  await receiveReaction(outside, {
    accountId,
    postId: note.id,
    emoji,
    picture: emoji === '🎉' ? null : picture,
    ...more,
  })
  await settle()
}
const takeBack = async (emoji: string) => {
  await withdrawReaction(outside, { accountId: far.id, postId: note.id, emoji })
  await settle()
}
const read = async (query = '') => (await client(alice).get(`/api/v1/notifications${query}`)).body

test('client extensions 4.1: a reaction is told once, in the words that the app names, else with what to show', async () => {
  await give('cat@far.example')
  const shown = { name: 'cat@far.example', url: picture.url, static_url: picture.url }
  const [plain, ...more] = await read()
  expect(more).toEqual([])
  expectEntity('Notification', plain)
  expect(plain).toMatchObject({
    type: 'reaction',
    reaction: shown,
    account: { acct: 'far@far.example' },
    fallback,
  })
  expect(plain.status).toMatchObject({ id: note.id, reactions_count: 1, favourites_count: 0 })
  for (const query of ['?types[]=reaction', '?supported_types[]=reaction']) {
    const [named] = await read(query)
    expect(named).toMatchObject({ type: 'reaction', reaction: shown })
    expect(named.fallback).toBeUndefined()
  }
  for (const query of ['?types[]=emoji_reaction', '?supported_types[]=emoji_reaction']) {
    const [fedibird] = await read(query)
    expect(fedibird).toMatchObject({
      type: 'emoji_reaction',
      emoji_reaction: { ...shown, name: 'cat', domain: 'far.example' },
    })
    expect(fedibird.fallback).toBeUndefined()
  }
  const [pleroma] = await read('?types[]=mention&types[]=pleroma:emoji_reaction')
  expect(pleroma).toMatchObject({ type: 'pleroma:emoji_reaction', emoji: shown.name, emoji_url: shown.url })
  for (const name of ['reaction', 'emoji_reaction', 'pleroma:emoji_reaction'])
    expect(await read(`?exclude_types[]=${name}`)).toEqual([])
  expect(await read('?types[]=favourite')).toEqual([])
  const { body: single } = await client(alice).get(`/api/v1/notifications/${plain.id}`)
  expect(single).toMatchObject({ type: 'reaction', fallback })
})

test('client extensions 6: reactions to a post stand together, in the words that the app names', async () => {
  await give('🎉')
  await give('cat@far.example', await stranger('near', 'near.example'))
  const groups = async (query = '') => (await client(alice).get(`/api/v2/notifications${query}`)).body
  const { notification_groups: found, ...rest } = await groups()
  expectEntity('GroupedNotificationsResults', { notification_groups: found, ...rest })
  expect(found).toMatchObject([{ type: 'reaction', notifications_count: 2, status_id: note.id, fallback }])
  expect(found[0].group_key).toMatch(new RegExp(`^reaction-${note.id}-`))
  const [named] = (await groups('?types[]=emoji_reaction&grouped_types[]=emoji_reaction')).notification_groups
  expect(named).toMatchObject({
    type: 'emoji_reaction',
    notifications_count: 2,
    emoji_reaction: { name: 'cat' },
  })
  const single = (await groups('?grouped_types[]=favourite')).notification_groups
  expect(single).toHaveLength(2)
})

test('client extensions 4.1: what is taken back is told no more; one in its place is not told again', async () => {
  await give('🎉')
  await give('cat@far.example')
  const [told, ...more] = await read()
  expect([told.reaction.name, more]).toEqual(['🎉', []])
  await takeBack('🎉')
  expect(await read()).toMatchObject([{ id: told.id, reaction: { name: 'cat@far.example' } }])
  await give('🎉', far, { isOnly: true })
  expect(await read()).toMatchObject([{ id: told.id, reaction: { name: '🎉' } }])
  await takeBack('🎉')
  expect(await read()).toEqual([])
  await give('')
  expect((await read()).map(({ type }: { type: string }) => type)).toEqual(['favourite'])
})

test('a page with reactions is kept, and shown no more once one is given or taken back', async () => {
  await give('🎉')
  const app = client(alice)
  for (let count = 0; count < 3; count += 1) await app.get('/api/v1/notifications')
  expect(await countQueries(() => app.get('/api/v1/notifications'))).toBe(1)
  await give('cat@far.example')
  expect((await read())[0].status.reactions_count).toBe(2)
  await takeBack('🎉')
  expect((await read())[0].reaction.name).toBe('cat@far.example')
})

test('NOTE-05 nobody is told of their own reactions', async () => {
  await client(alice).post(`/api/v1/statuses/${note.id}/react/${encodeURIComponent('🎉')}`)
  await settle()
  expect(await read()).toEqual([])
})

test('client extensions 4.1: whatever an app calls the alert of reactions, it is one setting', async () => {
  const ecdh = createECDH('prime256v1')
  const keys = { p256dh: ecdh.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') }
  const app = client(alice)
  const wish = (alerts: object) =>
    app.post('/api/v1/push/subscription', {
      subscription: { endpoint: 'https://push.example/1', keys },
      data: { alerts },
    })
  for (const name of ['reaction', 'emoji_reaction', 'pleroma:emoji_reaction']) {
    const { body } = await wish({ [name]: true })
    expect(body.alerts).toMatchObject({
      reaction: true,
      emoji_reaction: true,
      'pleroma:emoji_reaction': true,
      favourite: false,
    })
  }
  expect((await wish({ favourite: true })).body.alerts).toMatchObject({
    reaction: false,
    emoji_reaction: false,
  })
})
