import { Account } from '#core/accounts/account.model'
import { postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { bookmarkPost } from '#core/posts/marks/bookmark-post'
import { Post } from '#core/posts/post.model'
import { react } from '#core/reactions/react'
import { Follow } from '#core/relationships/follow.model'
import { blockAccount } from '#core/relationships/block-account'
import { muteAccount } from '#core/relationships/mute-account'
import { rows } from '#platform/db'
import { mountRoutes } from '#server/mount'
import { as, cast, member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { upload } from '#test/factories/medium'
import { post } from '#test/factories/post'
import { client, makeToken, request } from '#test/support/client'
import { activityOf, noteOf, remoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

const WORD = 'zanzibar'
const { list: routes } = await mountRoutes()

describe('CVE-2025-30741: a follow that nobody accepted shows nothing', () => {
  test.each([
    ['no answer came', undefined],
    ['a Reject came', 'vic'],
    ['somebody else forged an Accept', 'mal'],
  ])('when %s, while another member is let in', async (_when, answerer) => {
    const { alice, bob } = await cast('alice', 'bob')
    const vic = await remoteActor('vic', 'good.example', { isLocked: true })
    const mal = await remoteActor('mal', 'evil.example')
    const followedId = vic.account.id
    const [asked] = await Promise.all([
      Follow.create({ followerId: alice.account.id, followedId, state: 'pending' }),
      Follow.create({ followerId: bob.account.id, followedId, state: 'accepted' }),
    ])
    const id = `http://localhost:3000/users/${alice.account.id}/follows/${asked.id}`
    if (answerer === 'vic') await tell(vic, activityOf(vic, 'Reject', id))
    if (answerer === 'mal') await tell(mal, activityOf(mal, 'Accept', id))
    const followers = { to: [vic.account.followersUrl], cc: [] }
    const note = noteOf(vic, 'one', { ...followers, content: `<p>${WORD}</p>` })
    await tell(vic, activityOf(vic, 'Create', note, followers))
    await tell(vic, activityOf(vic, 'Announce', note.id, followers))
    expect((await Follow.findByPk(asked.id))?.state).not.toBe('accepted')
    const stored = await Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
    const attachment = await upload(bob, {
      ownerId: followedId,
      postId: stored.id,
      state: 'remote',
      remoteUrl: 'https://good.example/a.png',
    })
    const paths = [
      `/api/v1/statuses/${stored.id}`,
      `/api/v1/statuses?id[]=${stored.id}`,
      `/api/v1/statuses/${stored.id}/context`,
      `/api/v1/accounts/${followedId}/statuses`,
      `/api/v1/accounts/${followedId}/statuses?only_media=true`,
      `/api/v1/media/${attachment.id}`,
      '/api/v1/timelines/home',
      '/api/v1/notifications',
      `/api/v2/search?q=${WORD}`,
      `/api/v2/search?resolve=true&q=${encodeURIComponent(postUri(stored))}`,
    ]
    const shows = async (who: typeof alice, path: string) =>
      JSON.stringify((await client(who).get(path)).body).includes(WORD)
    for (const path of paths) expect([path, await shows(alice, path)]).toEqual([path, false])
    for (const path of [paths[0]!, paths[3]!, '/api/v1/timelines/home'])
      expect([path, await shows(bob, path)]).toEqual([path, true])
  })
})

/** One of everything that belongs to a member alone, each with a word of theirs in it. */
async function belongings(name: string) {
  const who = await member(name)
  const other = await member(`${name}friend`, { account: { displayName: `${WORD} ${name}` } })
  const app = client(who)
  const own = await post(other, { text: `${WORD} ${name}`, visibility: 'direct', mentions: [who] })
  await as(who, bookmarkPost, { postId: own.id })
  await as(who, react, { postId: own.id })
  for (const [verb, friend] of [
    [blockAccount, `${name}blocked`],
    [muteAccount, `${name}muted`],
  ] as const) {
    const { account } = await member(friend, { account: { displayName: `${WORD} ${name}` } })
    await as(who, verb, { accountId: account.id })
  }
  await follow(other, who, 'pending')
  const made = await app.post('/api/v1/lists', { title: `${WORD} ${name}` })
  const filter = await app.post('/api/v2/filters', { title: `${WORD} ${name}`, context: ['home'] })
  const medium = await upload(who, { description: `${WORD} ${name}` })
  return {
    who,
    own,
    listId: String(made.body.id),
    filterId: String(filter.body.id ?? ''),
    mediumId: medium.id,
  }
}

const privateLists = [
  'bookmarks',
  'favourites',
  'blocks',
  'mutes',
  'follow_requests',
  'lists',
  'conversations',
  'notifications',
  'timelines/home',
].map((path) => `/api/v1/${path}?limit=40`)

test('WPAP-2026-OWNER: of a hundred owners each finds their own in every list, and nothing of others', async () => {
  const owners = []
  for (let at = 0; at < 100; at += 1) owners.push(await belongings(`owner${String(at).padStart(2, '0')}x`))
  await settle()
  const wrong: string[] = []
  let own = 0
  for (const { who } of owners) {
    const { username } = who.account
    for (const path of [...privateLists, '/api/v2/filters']) {
      const text = JSON.stringify((await client(who).get(path)).body)
      const names = [...text.matchAll(new RegExp(`${WORD} (owner\\d\\dx)`, 'g'))].map(([, name]) => name)
      own += names.filter((name) => name === username).length > 0 ? 1 : 0
      for (const name of names) if (name !== username) wrong.push(`${path} of ${username} shows ${name}`)
    }
  }
  expect(wrong).toEqual([])
  expect(own).toBeGreaterThan(owners.length * 7)
}, 180_000)

test('CVE-2024-27730: whoever goes through the ids of somebody else finds nothing of theirs, and changes nothing', async () => {
  const { who, own, listId, filterId, mediumId } = await belongings('alice')
  await settle()
  const ids = new Set([own.id, listId, filterId, mediumId])
  for (const table of [
    'notifications',
    'conversations',
    'blocks',
    'mutes',
    'follows',
    'lists',
    'bookmarks',
    'reactions',
  ])
    for (const { id } of await rows<{ id: string }>({}, `SELECT id FROM ${table}`)) ids.add(id)
  const state = async () =>
    Promise.all(
      [
        'posts',
        'notifications',
        'conversations',
        'lists',
        'list_members',
        'media',
        'bookmarks',
        'reactions',
        'blocks',
        'mutes',
      ].map((table) => rows({}, `SELECT * FROM ${table} ORDER BY 1, 2`)),
    )
  const before = await state()
  const withId = routes.filter(
    ({ path }) => /:\w+/.test(path) && !/\/(accounts|follow_requests|tags|endorsements|domain)/.test(path),
  )
  expect(withId.length).toBeGreaterThan(20)
  const shown: string[] = []
  for (const [at, id] of [...ids].filter(Boolean).entries()) {
    // With one member and token for each id none is held back by limits.
    const mallory = await member(`mallory${at}`)
    const token = await makeToken(['read', 'write', 'follow', 'push'], mallory)
    for (const route of withId) {
      const path = route.path.replaceAll(/:\w+/g, id)
      const headers = { Authorization: `Bearer ${token}` }
      const { status, body } = await request(route.method.toUpperCase(), path, undefined, { headers })
      if (status === 429 || JSON.stringify(body).includes(WORD))
        shown.push(`${route.method} ${path}: ${status}`)
    }
  }
  expect(shown).toEqual([])
  expect(await state()).toEqual(before)
  expect((await client(who).get(`/api/v1/lists/${listId}`)).status).toBe(200)
}, 180_000)

test('WPAP-2026-TRANSITION: of a post that was deleted no word waits or is kept anywhere', async () => {
  const { alice } = await cast('alice')
  const far = await stranger('far')
  await follow(far, alice)
  const { id } = await as(alice, createPost, { text: `${WORD} #bees` })
  await settle()
  await as(alice, deletePost, { postId: id })
  await settle()
  const tables = await rows<{ name: string }>(
    {},
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const kept: string[] = []
  for (const { name } of tables) {
    const found = await rows({}, `SELECT 1 FROM "${name}" AS t WHERE t::text ILIKE '%${WORD}%' LIMIT 1`)
    if (found.length > 0) kept.push(name)
  }
  expect(kept).toEqual([])
  const told = await rows<{ body: string }>({}, 'SELECT body FROM outgoing_activities')
  expect(told.map(({ body }) => JSON.parse(body).type)).toEqual(['Delete'])
  for (const path of [
    '/@alice',
    '/@alice.rss',
    `/users/${alice.account.id}/outbox/page/first`,
    '/api/v1/timelines/public',
  ])
    expect([path, JSON.stringify((await client().get(path)).body).includes(WORD)]).toEqual([path, false])
})

test('AKKOMA-2.5.0: what a follower has read of a closed post is kept for nobody else', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await follow(bob, alice)
  const secret = await post(alice, { text: WORD, visibility: 'private' })
  const { id } = alice.account
  const paths = [`/api/v1/statuses/${secret.id}`, `/users/${id}/posts/${secret.id}`, `/@alice/${secret.id}`]
  const accepts = ['application/json', 'application/activity+json', 'text/html', '*/*']
  for (const path of paths)
    for (const Accept of accepts) {
      const read = await client(bob).get(path, { headers: { Accept } })
      if (path.startsWith('/api')) {
        expect(read.status).toBe(200)
        expect(read.headers.get('cache-control')).toBe('private, no-store')
      }
      for (const other of accepts) {
        const { status, body } = await client().get(path, { headers: { Accept: other } })
        expect([path, other, status, JSON.stringify(body).includes(WORD)]).toEqual([path, other, 404, false])
      }
    }
  expect(await Account.count({ where: { goneAt: null } })).toBeGreaterThan(1)
})
