import { createFilter } from '#core/filters/create-filter'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { boostPost } from '#core/posts/boost-post'
import { changeQuote } from '#core/posts/quotes/change-quote'
import { react } from '#core/reactions/react'
import { followAccount } from '#core/relationships/follow-account'
import { tellStreams } from '#core/stream'
import { rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
import { makeToken } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'
import { closeAll, openSocket } from '#test/support/streams'

afterEach(closeAll)

/** Alice, who follows Bob. */
async function friends() {
  const { alice, bob } = await cast('alice', 'bob')
  await as(alice, followAccount, { accountId: bob.account.id })
  await settle()
  return { alice, bob }
}

async function streamOf(member: Member, stream: string, scopes = ['read']) {
  const opened = await openSocket(`?stream=${stream}`, { token: await makeToken(scopes, member) })
  await opened.done()
  return opened
}

test('STRM-05 STRM-08 STRM-16 a post of somebody followed comes to the user stream at once', async () => {
  const { alice, bob } = await friends()
  const { frames } = await streamOf(alice, 'user')
  const post = await as(bob, createPost, { text: 'hello' })
  await settle()
  const frame = await frames.next()
  expectEntity('Streaming::Frame', frame)
  expect(frame).toMatchObject({ stream: ['user'], event: 'update' })
  const status = JSON.parse(frame.payload!)
  expectEntity('Status', status)
  expect(status).toMatchObject({ id: post.id, favourited: false, filtered: [] })
})

test('STRM-09 STRM-16 an edit comes as the whole post, a deletion as its bare id', async () => {
  const { alice, bob } = await friends()
  const post = await as(bob, createPost, { text: 'hello' })
  await settle()
  const { frames } = await streamOf(alice, 'user')
  await as(bob, editPost, { postId: post.id, text: 'hello again' })
  await settle()
  const edit = await frames.next()
  expect(edit.event).toBe('status.update')
  expectEntity('Status', JSON.parse(edit.payload!))
  expect(JSON.parse(edit.payload!).content).toContain('hello again')
  await as(bob, deletePost, { postId: post.id })
  await settle()
  expect(await frames.next()).toEqual({ stream: ['user'], event: 'delete', payload: post.id })
})

test('STRM-16 notifications come to the user stream and to that of notifications', async () => {
  const { alice, bob } = await friends()
  const post = await as(alice, createPost, { text: 'mine' })
  await settle()
  const user = await streamOf(alice, 'user')
  const notices = await streamOf(alice, 'user:notification', ['read:notifications'])
  await as(bob, react, { postId: post.id })
  await settle()
  for (const [{ frames }, name] of [
    [user, 'user'],
    [notices, 'user:notification'],
  ] as const) {
    const frame = await frames.next()
    expect(frame).toMatchObject({ stream: [name], event: 'notification' })
    expectEntity('Notification', JSON.parse(frame.payload!))
    expect(JSON.parse(frame.payload!)).toMatchObject({ type: 'favourite', status: { id: post.id } })
  }
})

test('STRM-04 without a scope for notifications the user stream carries only posts', async () => {
  const { alice, bob } = await friends()
  const { frames } = await streamOf(alice, 'user', ['read:statuses'])
  const post = await as(bob, createPost, { text: '@alice hello' })
  await settle()
  const next = await as(bob, createPost, { text: 'bye' })
  await settle()
  const [first, second] = [await frames.next(), await frames.next()]
  expect([first, second].map(({ event }) => event)).toEqual(['update', 'update'])
  expect([first, second].map(({ payload }) => JSON.parse(payload!).id)).toEqual([post.id, next.id])
})

test('STRM-16 direct messages come as conversations to the direct stream', async () => {
  const { alice, bob } = await friends()
  const { frames } = await streamOf(alice, 'direct')
  const post = await as(bob, createPost, { text: '@alice psst', visibility: 'direct' })
  await settle()
  const frame = await frames.next()
  expect(frame).toMatchObject({ stream: ['direct'], event: 'conversation' })
  expectEntity('Conversation', JSON.parse(frame.payload!))
  expect(JSON.parse(frame.payload!)).toMatchObject({ unread: true, last_status: { id: post.id } })
})

test('STRM-10 changed filters come to the user stream without a payload', async () => {
  const { alice } = await friends()
  const { frames } = await streamOf(alice, 'user')
  await tellStreams({}, { event: 'filters_changed', accountId: alice.account.id })
  expect(await frames.next()).toEqual({ stream: ['user'], event: 'filters_changed' })
})

test('STRM-15 what became invisible between its fan-out and its stream does not come', async () => {
  const { alice, bob } = await friends()
  const { frames } = await streamOf(alice, 'user')
  const { carol } = await cast('carol')
  const secret = await as(carol, createPost, { text: 'not for alice', visibility: 'private' })
  const seen = await as(bob, createPost, { text: 'hello' })
  await settle()
  for (const postId of [secret.id, '123'])
    await tellStreams({}, { event: 'update', postId, to: { homes: [alice.account.id] } })
  await tellStreams({}, { event: 'update', postId: seen.id, to: { homes: [alice.account.id] } })
  const frames2 = [await frames.next(), await frames.next()]
  expect(frames2.map(({ payload }) => JSON.parse(payload!).id)).toEqual([seen.id, seen.id])
})

test('STRM-15 STRM-17 each gets a copy that says how they stand to the post', async () => {
  const { alice, bob } = await friends()
  const { carol } = await cast('carol')
  await as(carol, followAccount, { accountId: bob.account.id })
  const original = await as(carol, createPost, { text: 'fine words' })
  await as(alice, react, { postId: original.id })
  await settle()
  const streams = await Promise.all(
    [alice, bob, carol].map((each) => streamOf(each, 'user', ['read:statuses'])),
  )
  await as(bob, boostPost, { postId: original.id })
  await settle()
  const copies = await Promise.all(
    streams.map(async ({ frames }) => JSON.parse((await frames.next()).payload!)),
  )
  expect(copies.map(({ reblog }) => reblog.id)).toEqual([original.id, original.id, original.id])
  expect(copies.map(({ reblog }) => [reblog.favourited, reblog.reblogged, reblog.pinned])).toEqual([
    [true, false, undefined],
    [false, true, undefined],
    [false, false, false],
  ])
})

test('STRM-15 FILT-07 FILT-09 streamed posts carry what the filters of each viewer find in them', async () => {
  const { alice, bob } = await friends()
  const { carol } = await cast('carol')
  const streams = await Promise.all([streamOf(alice, 'public'), streamOf(carol, 'public')])
  const mine = await streamOf(alice, 'user')
  const filtered = async () => {
    const frames = await Promise.all(streams.map(({ frames }) => frames.next()))
    return frames.map(({ payload }) => JSON.parse(payload!).filtered)
  }
  await as(alice, createFilter, { title: 'x', contexts: ['home'], keywords: [{ keyword: 'hello' }] })
  expect(await mine.frames.next()).toEqual({ stream: ['user'], event: 'filters_changed' })
  await as(bob, createPost, { text: 'Hello' })
  await settle()
  expect(await filtered()).toMatchObject([[{ keyword_matches: ['Hello'] }], []])
  await as(bob, createPost, { text: 'bye' })
  await settle()
  expect(await filtered()).toEqual([[], []])
})

test('QUOTE-05 STAT-16 a quote that is accepted or taken back comes as status.update', async () => {
  const { alice, bob } = await friends()
  const quoted = await as(bob, createPost, { text: 'the original' })
  const post = await as(bob, createPost, { text: 'look', quotedId: quoted.id })
  await rows({}, `UPDATE quotes SET state = 'pending'`)
  await settle()
  const { frames } = await streamOf(alice, 'user')
  for (const [to, from] of [
    ['accepted', 'pending'],
    ['revoked', 'accepted'],
  ] as const) {
    await changeQuote(bob.ctx, { postId: post.id, to, from: [from] })
    await settle()
    const frame = await frames.next()
    expect(frame.event).toBe('status.update')
    const status = JSON.parse(frame.payload!)
    expectEntity('Status', status)
    expect([status.id, status.quote.state]).toEqual([post.id, to])
  }
})
