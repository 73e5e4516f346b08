import { Notification } from '#core/notifications/notification.model'
import { muteThread } from '#core/posts/threads/mute-thread'
import { ThreadMute } from '#core/posts/threads/thread-mute.model'
import { boostPost } from '#core/posts/boost-post'
import { react } from '#core/reactions/react'
import { as, cast, member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

const path = (id: string, verb: string) => `/api/v1/statuses/${id}/${verb}`

test('STAT-22 STAT-28 mute and unmute answer with the flag at once, as often as they are said', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(bob)
  const app = client(alice)
  for (const [verb, expected] of [
    ['mute', true],
    ['mute', true],
    ['unmute', false],
    ['unmute', false],
  ] as const) {
    const { body } = await app.post(path(note.id, verb))
    expectEntity('Status::SignedIn', body)
    expect([body.id, body.muted]).toEqual([note.id, expected])
  }
})

test('STAT-28 muted is true on every post of the conversation and on boosts of it, for whoever muted it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const root = await post(bob)
  const reply = await post(alice, { replyTo: root })
  const boosted = await boost(bob, reply)
  const other = await post(bob)
  await client(alice).post(path(boosted.id, 'mute'))
  const ids = [root, reply, boosted, other].map(({ id }) => `id[]=${id}`).join('&')
  const mutedFor = async (app: ReturnType<typeof client>) =>
    (await app.get(`/api/v1/statuses?${ids}`)).body.map(({ muted }: { muted: boolean }) => muted)
  expect(await mutedFor(client(alice))).toEqual([true, true, true, false])
  expect(await mutedFor(client(bob))).toEqual([false, false, false, false])
})

test('STAT-28 NOTE-05 a muted conversation tells nothing: no replies, favourites or boosts', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const root = await post(alice)
  await as(alice, muteThread, { postId: root.id })
  const reply = await post(bob, { replyTo: root, mentions: [alice] })
  await post(bob, { replyTo: reply, mentions: [alice] })
  await as(bob, react, { postId: root.id })
  await as(bob, boostPost, { postId: root.id })
  await settle()
  expect(await Notification.count()).toBe(0)
  await client(alice).post(path(reply.id, 'unmute'))
  await post(bob, { replyTo: reply, mentions: [alice] })
  await settle()
  expect(await Notification.findAll()).toMatchObject([{ kind: 'mention', accountId: alice.account.id }])
})

test('STAT-28 a conversation stays muted when what it answers arrives later', async () => {
  const alice = await member('alice')
  const remote = await stranger('remote')
  const uri = 'https://remote.example/posts'
  const reply = await post(remote, { uri: `${uri}/2`, replyToUri: `${uri}/1` })
  await as(alice, muteThread, { postId: reply.id })
  const root = await post(remote, { uri: `${uri}/1` })
  const app = client(alice)
  for (const { id } of [root, reply]) expect((await app.get(`/api/v1/statuses/${id}`)).body.muted).toBe(true)
  expect(await ThreadMute.findAll()).toMatchObject([{ threadId: root.id }])
})

test('STAT-01 a post that may not be seen cannot be muted, and only a member can mute', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const secret = await post(bob, { visibility: 'private' })
  const note = await post(bob)
  expect((await client(alice).post(path(secret.id, 'mute'))).status).toBe(404)
  expect((await client(alice).post(path('1', 'unmute'))).status).toBe(404)
  expect((await client().post(path(note.id, 'mute'))).status).toBe(401)
  expect((await client(alice, ['read']).post(path(note.id, 'mute'))).status).toBe(403)
})
