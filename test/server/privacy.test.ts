import { cast, member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { browserOf, memberWithPassword } from '#test/factories/log-in'
import { post } from '#test/factories/post'
import { baseUrl, client } from '#test/support/client'
import { refusalOf } from '#test/support/streams'
import { settle } from '#test/support/settle'

const SECRET = 'zanzibar'

test('CVE-2025-66402, CVE-2026-86111, HOLLO-0.6.12, HOLLO-0.7.11, CVE-2026-25808, GHSA-95q8-x6r6-672m no view of any kind shows an outsider a word of what is not for them', async () => {
  const { alice, bob, mallory } = await cast('alice', 'bob', 'mallory')
  await follow(bob, alice)
  const open = await post(alice, { text: 'open' })
  const closed = [
    await post(alice, { text: SECRET, visibility: 'private', replyTo: open }),
    await post(alice, { text: SECRET, visibility: 'direct', replyTo: open, mentions: [bob] }),
  ]
  await settle()
  const app = client(mallory)
  const shown: string[] = []
  const see = (path: string, { status, body }: { status: number; body: unknown }, most: number) => {
    if (JSON.stringify(body).includes(SECRET) || status > most) shown.push(`${path}: ${status}`)
  }
  for (const { id } of closed) {
    const path = `/api/v1/statuses/${id}`
    for (const view of ['', '/context', '/history', '/source', '/reblogged_by', '/favourited_by'])
      expect([view, (await app.get(path + view)).status]).toEqual([view, 404])
    for (const deed of [
      'favourite',
      'bookmark',
      'reblog',
      'pin',
      'unbookmark',
      'unfavourite',
      'unreblog',
      'unpin',
    ])
      see(deed, await app.post(`${path}/${deed}`), 422)
    see('edit', await app.put(path, { status: 'mine' }), 404)
    see('delete', await app.delete(path), 404)
    see('reply', await app.post('/api/v1/statuses', { status: 'x', in_reply_to_id: id }), 404)
    see('report', await app.post('/api/v1/reports', { account_id: alice.account.id, status_ids: [id] }), 422)
    see('page', await client().get(`/@alice/${id}`), 404)
    see('object', await client().get(`/users/${alice.account.id}/posts/${id}`), 404)
  }
  const { id } = alice.account
  for (const path of [
    `/api/v1/statuses/${open.id}/context`,
    `/api/v1/statuses?id[]=${closed[0]!.id}&id[]=${closed[1]!.id}`,
    `/api/v1/accounts/${id}/statuses`,
    `/api/v2/search?q=${SECRET}`,
    '/api/v1/bookmarks',
    '/api/v1/favourites',
    '/api/v1/notifications',
    '/api/v1/conversations',
    '/api/v1/timelines/home',
    '/api/v1/timelines/public',
    '/@alice',
    '/@alice/with_replies',
    '/@alice.rss',
    `/@alice/${open.id}`,
    `/users/${id}/outbox/page/first`,
  ]) {
    see(path, await app.get(path), 404)
    see(path, await client().get(path, { headers: { Accept: 'application/activity+json' } }), 404)
  }
  expect(shown).toEqual([])
  expect((await client(bob).get(`/api/v1/statuses/${closed[0]!.id}`)).body.content).toContain(SECRET)
})

test('CVE-2023-25813, CVE-2016-10553, CVE-2026-26980 text that looks like a statement or a placeholder is only text', async () => {
  const alice = await member('alice')
  const app = client(alice)
  const odd = [
    ":name $1 ? \\ $$ '",
    "'; DROP TABLE posts; --",
    '$2::text || :id',
    '%_\\%',
    '"posts"."id" /* */ )',
  ]
  for (const text of odd) {
    const made = await app.post('/api/v1/statuses', { status: text, spoiler_text: text })
    expect([made.status, made.body.spoiler_text]).toEqual([200, text])
    const { body } = await app.get(`/api/v1/statuses/${made.body.id}/source`)
    expect([body.text, body.spoiler_text]).toEqual([text, text])
    await app.patch('/api/v1/accounts/update_credentials', { display_name: text.slice(0, 30), note: text })
    const own = await app.get('/api/v1/accounts/verify_credentials')
    expect([own.body.display_name, own.body.source.note]).toEqual([text.slice(0, 30), text])
    const query = encodeURIComponent(text)
    for (const path of [
      `/api/v2/search?q=${query}&type=${query}`,
      `/api/v1/accounts/search?q=${query}`,
      `/api/v1/accounts/lookup?acct=${query}`,
      `/api/v1/timelines/public?order=${query}&sort=${query}&max_id=${query}&limit=${query}`,
      `/api/v1/notifications?types[]=${query}`,
    ])
      expect([path, (await app.get(path)).status < 500]).toEqual([path, true])
  }
  expect((await app.get(`/api/v1/accounts/${alice.account.id}/statuses`)).body).toHaveLength(odd.length)
})

test('CVE-2023-2850 the session of a browser opens no stream', async () => {
  const browser = await browserOf(await memberWithPassword('alice'))
  const Cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  for (const Origin of ['https://evil.example', await baseUrl()]) {
    const { status } = await client().get('/api/v1/streaming/user', { headers: { Cookie, Origin } })
    const socket = await refusalOf('?stream=user', { headers: { Cookie, Origin } })
    expect([status, socket.status]).toEqual([401, 401])
  }
})
