import { Account } from '#core/accounts/account.model'
import { Medium } from '#core/media/medium.model'
import { Post } from '#core/posts/post.model'
import { now } from '#platform/clock'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside, remotePost } from '#test/factories/remote-post'
import { receivePost } from '#core/posts/receive-post'
import { appClient, client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const upload = (owner: Member) =>
  Medium.create({
    ownerId: owner.account.id,
    state: 'ready',
    kind: 'image',
    fileKey: 'a.png',
    meta: { original: { width: 4, height: 3 } },
  })

test('POST-16 a new post is answered whole, as its author sees it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const medium = await upload(alice)
  const { status, body } = await client(alice).post('/api/v1/statuses', {
    status: 'hi @bob #Cats',
    media_ids: [medium.id],
    poll: { options: ['a', 'b'], expires_in: '300', multiple: 'true' },
  })
  expect(status).toBe(200)
  expectEntity('Status::SignedIn', body)
  expectEntity('MediaAttachment::Processed', body.media_attachments[0])
  expect(body.mentions).toEqual([
    { id: bob.account.id, username: 'bob', acct: 'bob', url: 'http://localhost:3000/@bob' },
  ])
  expect(body.tags).toEqual([{ name: 'cats', url: 'http://localhost:3000/tags/cats' }])
  expect(body.content).toContain('class="mention hashtag"')
  expect([body.card, body.visibility, body.account.id, body.application.name, body.pinned]).toEqual([
    null,
    'public',
    alice.account.id,
    'Test app',
    false,
  ])
  expect(body.poll).toMatchObject({ multiple: true, voted: true, own_votes: [], votes_count: 0 })
  expect(body.account.statuses_count).toBe(1)
})

test.each([
  [
    'JSON',
    (text: string) => ({
      status: text,
      media_ids: null,
      poll: null,
      spoiler_text: null,
      in_reply_to_id: null,
      visibility: null,
    }),
  ],
  [
    'a form',
    (text: string) =>
      new URLSearchParams({ status: text, visibility: '', in_reply_to_id: '', 'media_ids[]': '' }),
  ],
  [
    'a form with an unopened poll',
    (text: string) => new URLSearchParams({ status: text, 'poll[expires_in]': '86400' }),
  ],
])('TRIP-50 explicit nothings in %s do not stop a post', async (_, body) => {
  const alice = await member('alice')
  const reply = await client(alice).post('/api/v1/statuses', body('hello'))
  expect([reply.status, reply.body.content, reply.body.poll]).toEqual([200, '<p>hello</p>', null])
})

test('TRIP-48 arrays in forms are read', async () => {
  const alice = await member('alice')
  const [one, two] = [await upload(alice), await upload(alice)]
  const form = new URLSearchParams([
    ['status', 'x'],
    ['media_ids[]', two.id],
    ['media_ids[]', one.id],
    ['poll[options][]', 'yes'],
    ['poll[options][]', 'no'],
    ['poll[expires_in]', '600'],
    ['poll[hide_totals]', '1'],
  ])
  const { body } = await client(alice).post('/api/v1/statuses', form)
  expect(body.media_attachments.map(({ id }: { id: string }) => id)).toEqual([two.id, one.id])
  expect(body.poll.options).toEqual([
    { title: 'yes', votes_count: null },
    { title: 'no', votes_count: null },
  ])
})

test('POST-02 a repeated key gives the first post again', async () => {
  const alice = await member('alice')
  const app = client(alice)
  const headers = { 'Idempotency-Key': 'abc' }
  const first = await app.post('/api/v1/statuses', { status: 'once' }, { headers })
  const second = await app.post('/api/v1/statuses', { status: 'once' }, { headers })
  expect(second.body.id).toBe(first.body.id)
  expect((await app.post('/api/v1/statuses', { status: 'other' }, { headers })).status).toBe(422)
})

test('POST-15 who would be named unexpectedly is told with 422', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { status, body } = await client(alice).post('/api/v1/statuses', {
    status: '@bob hi',
    allowed_mentions: [],
  })
  expect(status).toBe(422)
  expectEntity('UnexpectedMentionsError', body)
  expect(body.unexpected_accounts[0].id).toBe(bob.account.id)
  expect((await client(alice).post('/api/v1/statuses', { status: '@bob hi' })).status).toBe(200)
})

test.each([
  [422, { status: ' ' }],
  [422, { status: 'x'.repeat(501) }],
  [422, { status: 'x', visibility: 'secret' }],
  [422, { status: 'x', media_ids: ['nonsense'] }],
  [422, { status: 'x', media_ids: ['1'] }],
  [404, { status: 'x', in_reply_to_id: '1' }],
  [404, { status: 'x', in_reply_to_id: 'nonsense' }],
  [422, { status: 'x', scheduled_at: 'tomorrow-ish' }],
  [422, { status: 'x', poll: { options: ['a', 'b'] } }],
])('ERR-10 a post against the rules gives %i: %j', async (expected, body) => {
  const alice = await member('alice')
  const reply = await client(alice).post('/api/v1/statuses', body)
  expect(reply.status).toBe(expected)
  expectEntity('Error', reply.body)
  expect(await Post.count()).toBe(0)
})

test('POST-17 a time in the past publishes at once', async () => {
  const alice = await member('alice')
  const reply = await client(alice).post('/api/v1/statuses', { status: 'x', scheduled_at: '2020-01-01' })
  expect(reply.status).toBe(200)
})

test('ERR-05 an app may write posts only with the scope for it', async () => {
  const alice = await member('alice')
  expect((await client(alice, ['read']).post('/api/v1/statuses', { status: 'x' })).status).toBe(403)
  expect((await client(alice, ['write:statuses']).post('/api/v1/statuses', { status: 'x' })).status).toBe(200)
  expect((await client().post('/api/v1/statuses', { status: 'x' })).status).toBe(401)
  expect((await appClient(['write']).post('/api/v1/statuses', { status: 'x' })).status).toBe(422)
})

test('STAT-01 what may not be seen is not found, by whatever verb', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const hidden = await post(alice, { visibility: 'direct' })
  const path = `/api/v1/statuses/${hidden.id}`
  const app = client(bob)
  for (const end of ['', '/context', '/history', '/source', '/reblogged_by', '/favourited_by'])
    expect([end, (await app.get(path + end)).status]).toEqual([end, 404])
  for (const verb of [
    'favourite',
    'unfavourite',
    'reblog',
    'unreblog',
    'bookmark',
    'unbookmark',
    'pin',
    'unpin',
  ])
    expect([verb, (await app.post(`${path}/${verb}`)).status]).toEqual([verb, 404])
  expect((await app.delete(path)).status).toBe(404)
  expect((await app.put(path, { status: 'mine' })).status).toBe(404)
  expect((await client().get(path)).body).toEqual({ error: 'Record not found' })
  expect((await client(alice).get(path)).status).toBe(200)
})

test('ID-05 ids that are not well formed are not found', async () => {
  for (const id of ['abc', '0', '-1', '99999999999999999999', '1e3'])
    expect((await client().get(`/api/v1/statuses/${id}`)).status).toBe(404)
})

test('STAT-03 a post of another server has its own address and page', async () => {
  const rea = await stranger('rea')
  const { id } = await receivePost(outside, remotePost(rea, '1'))
  const { body } = await client().get(`/api/v1/statuses/${id}`)
  expectEntity('Status', body)
  expect([body.uri, body.url]).toEqual([
    'https://remote.example/posts/1',
    'https://remote.example/@someone/1',
  ])
  expect(body).not.toHaveProperty('favourited')
  expect(body).not.toHaveProperty('filtered')
})

test('ACCT-15 up to twenty posts can be had at once; those that may not be seen are left out', async () => {
  const alice = await member('alice')
  const [one, two] = [await post(alice), await post(alice)]
  const hidden = await post(alice, { visibility: 'private' })
  const query = [two, hidden, one, { id: '5' }].map(({ id }) => `id[]=${id}`).join('&')
  const { body } = await client().get(`/api/v1/statuses?${query}`)
  expectEntity('Array<Status>', body)
  expect(body.map(({ id }: Post) => id)).toEqual([two.id, one.id])
  const many = Array.from({ length: 21 }, (_, at) => `id[]=${at + 1}`).join('&')
  expect((await client().get(`/api/v1/statuses?${many}`)).status).toBe(422)
})

test('STAT-19 and STAT-21 a deleted post is given back as it was typed, and is gone with its boosts', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const medium = await upload(alice)
  const made = await client(alice).post('/api/v1/statuses', {
    status: 'hi **there**',
    spoiler_text: 'cw',
    media_ids: [medium.id],
  })
  const boosted = await boost(bob, { id: made.body.id })
  expect((await client(bob).delete(`/api/v1/statuses/${made.body.id}`)).status).toBe(404)
  const { status, body } = await client(alice).delete(`/api/v1/statuses/${made.body.id}`)
  expect(status).toBe(200)
  expectEntity('DeletedStatus', body)
  expect(body).not.toHaveProperty('content')
  expect([body.text, body.spoiler_text, body.media_attachments[0].id]).toEqual([
    'hi **there**',
    'cw',
    medium.id,
  ])
  expect((await client(alice).get(`/api/v1/statuses/${made.body.id}`)).status).toBe(404)
  expect((await client(bob).get(`/api/v1/statuses/${boosted.id}`)).status).toBe(404)
  expect((await Account.findByPk(bob.account.id))!.postsCount).toBe(0)
  const again = await client(alice).post('/api/v1/statuses', { status: 'again', media_ids: [medium.id] })
  expect(again.status).toBe(200)
})

test('STAT-02 posts of suspended accounts are not found', async () => {
  const alice = await member('alice')
  const note = await post(alice)
  await Account.update({ suspendedAt: now() }, { where: { domain: null } })
  expect((await client().get(`/api/v1/statuses/${note.id}`)).status).toBe(404)
})
