import { accountUri } from '#core/addresses'
import { uploadMedia } from '#core/media/upload-media'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import type { Post } from '#core/posts/post.model'
import { answerObject } from '#federation/federation'
import type { Json } from '#federation/properties'
import { statusOf } from '#server/middleware/answer-errors'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { file } from '#test/factories/medium'
import { post } from '#test/factories/post'
import { client, request } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { type RemoteActor, remoteActor, signedGet } from '#test/support/remote-actor'
import { startFediverse } from '#test/support/stub-actors'

let alice: Member
beforeEach(async () => ({ alice } = await cast('alice')))
afterAll(closeListeners)

const pathOf = ({ id }: { id: string }) => `/users/${alice.account.id}/posts/${id}`
const activityJson = { headers: { Accept: 'application/activity+json' } }
const get = (path: string) => request('GET', path, undefined, activityJson)

/** What somebody elsewhere is answered who signs. */
const ask = async (who: RemoteActor, path: string): Promise<number | undefined> =>
  answerObject(signedGet(who, path)).then((reply) => reply?.status, statusOf)

test('federation rule 132: what is for followers is served to servers of accepted followers and of people named, and to nobody else', async () => {
  const [ann, dan, eve, max] = await Promise.all(
    ['ann', 'dan', 'eve', 'max'].map((name) => remoteActor(name, `${name}.example`)),
  )
  await follow(await stranger('fan', 'ann.example'), alice)
  await follow(eve!, alice, 'pending')
  const { id } = await post(alice, { visibility: 'private', mentions: [dan!] })
  const answers = await Promise.all([ann, dan, eve, max].map((who) => ask(who!, pathOf({ id }))))
  expect(answers).toEqual([200, 200, 404, 404])
  expect((await get(pathOf({ id }))).status).toBe(404)
})

test('federation rule 133: a direct message is served to the people it names and the actor of their server, and to nobody else', async () => {
  const [dan, server, abe, fan] = await Promise.all([
    remoteActor('dan', 'dan.example'),
    remoteActor('dan.example', 'dan.example', { kind: 'application' }),
    remoteActor('abe', 'dan.example'),
    remoteActor('fan', 'fan.example'),
  ])
  await follow(fan.account, alice)
  const { id } = await post(alice, { visibility: 'direct', mentions: [dan] })
  expect(await Promise.all([dan, server, abe, fan].map((who) => ask(who, pathOf({ id }))))).toEqual([
    200, 200, 404, 404,
  ])
  expect((await get(pathOf({ id }))).status).toBe(404)
})

test('federation rule 134: what the asker may not see is answered like what is not there, and costs the same fetches', async () => {
  const none = { id: '115600000000000001' }
  const hidden = [await post(alice, { visibility: 'private' }), await post(alice, { visibility: 'direct' })]
  const told = async (path: string) => {
    const { status, headers, body } = await get(path)
    const own = new Set(['date', 'x-request-id', 'content-length', 'connection', 'keep-alive'])
    return { status, body, headers: [...headers].filter(([name]) => !own.has(name)) }
  }
  const away = await startFediverse()
  const fetches = async (path: string, name: string) => {
    const asker = await away.actor(name)
    await asker.account.destroy()
    away.requests.length = 0
    expect(await ask(asker, path)).toBe(404)
    return away.requests.filter((each) => each.includes('/users/')).length
  }
  for (const part of ['', '/activity', '/replies', '/likes', '/shares'])
    for (const each of hidden)
      expect(await told(pathOf(each) + part)).toEqual(await told(pathOf(none) + part))
  const atNothing = await fetches(pathOf(none), 'ann')
  expect(atNothing).toBeGreaterThan(0)
  expect(await fetches(pathOf(hidden[0]!), 'abe')).toBe(atNothing)
  const stamp = `/users/${alice.account.id}/authorizations`
  expect(await fetches(`${stamp}/${none.id}`, 'cat')).toBe(atNothing)
})

test('federation rule 144: who hides followers and follows shows counts alone', async () => {
  const ann = await remoteActor('ann')
  await follow(ann.account, alice)
  await alice.account.update({ followersCount: 1, hidesCollections: true })
  const base = `/users/${alice.account.id}`
  for (const path of ['/followers', '/followers/page/first', '/following', '/following/page/first']) {
    const { body } = await get(base + path)
    expect(JSON.stringify(body)).not.toContain(ann.uri)
    expect(Object.keys(body).toSorted()).toEqual(['@context', 'id', 'totalItems', 'type'])
  }
  await alice.account.update({ hidesCollections: false })
  expect((await get(`${base}/followers/page/first`)).body.orderedItems).toEqual([ann.uri])
  const { id } = await post(alice, {})
  for (const part of ['likes', 'shares'])
    expect(Object.keys((await get(`${pathOf({ id })}/${part}`)).body).toSorted()).toEqual([
      '@context',
      'id',
      'totalItems',
      'type',
    ])
})

test('federation rule 193: what was deleted is 410 with a tombstone, and what never was is 404', async () => {
  const { id } = await as(alice, createPost, { text: 'one' })
  expect((await get(pathOf({ id }))).status).toBe(200)
  await as(alice, deletePost, { postId: id })
  expect(await get(pathOf({ id }))).toMatchObject({
    status: 410,
    body: {
      id: `${accountUri(alice.account)}/posts/${id}`,
      type: 'Tombstone',
      formerType: 'Note',
      deleted: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    },
  })
  expect((await get(pathOf({ id: '115600000000000001' }))).status).toBe(404)
})

test('federation rule 194: one address is a page for browsers and an object for servers, and says so to caches', async () => {
  const { id } = await post(alice, { text: 'one' })
  for (const path of [pathOf({ id }), `/users/${alice.account.id}`, '/@alice', `/@alice/${id}`]) {
    const object = await get(path)
    const page = await request('GET', path, undefined, { headers: { Accept: 'text/html' } })
    expect([path, object.status, page.status < 400]).toEqual([path, 200, true])
    expect([path, object.headers.get('content-type')]).toEqual([
      path,
      expect.stringMatching(/activity\+json/),
    ])
    // The ids themselves lead a browser to the page.
    const shown = path.startsWith('/@') ? page.headers.get('content-type') : page.headers.get('location')
    expect([path, shown]).toEqual([path, expect.stringMatching(/text\/html|\/@alice/)])
    for (const { headers } of [object, page]) expect(headers.get('vary')).toMatch(/\bAccept\b(?!-)/)
  }
})

test('federation rule 195: collections keep their order and totals from page to page, and end', async () => {
  const fans = await Promise.all(Array.from({ length: 43 }, (_, at) => stranger(`fan${at}`)))
  for (const fan of fans) await follow(fan, alice)
  await alice.account.update({ followersCount: fans.length })
  const posts: Post[] = []
  for (let at = 0; at < 43; at += 1) posts.push(await post(alice, {}))
  for (const name of ['followers', 'outbox']) {
    const walk = async (meanwhile?: () => Promise<unknown>) => {
      const items: unknown[] = []
      const { body: whole } = await get(`/users/${alice.account.id}/${name}`)
      for (let next = whole.first, pages = 0; next; pages += 1) {
        const { body: page } = await get(new URL(next).pathname)
        expect([pages < 4, page.totalItems]).toEqual([true, whole.totalItems])
        items.push(
          ...page.orderedItems.map((item: string | Json) => (typeof item === 'string' ? item : item.id)),
        )
        next = page.next
        if (pages === 0) await meanwhile?.()
      }
      return { items, total: whole.totalItems }
    }
    const first = await walk()
    expect([first.items.length, new Set(first.items).size, first.total]).toEqual([43, 43, 43])
    expect(await walk(async () => follow(await stranger(`late${name}`), alice))).toEqual(first)
  }
})

test('federation rule 198: nobody posts to an outbox', async () => {
  for (const path of [`/users/${alice.account.id}/outbox`, '/actor/outbox'])
    expect([path, (await request('POST', path, { type: 'Note' }, activityJson)).status]).toEqual([path, 405])
})

test('federation rule 200: media of a post for few are at addresses that nobody guesses, and need no signature', async () => {
  const shown: string[] = []
  for (const visibility of ['private', 'public']) {
    const { id } = await as(alice, uploadMedia, { file: await file('photo.jpg') })
    const made = await as(alice, createPost, { text: visibility, visibility, mediaIds: [id] })
    const { body } = await client(alice).get(`/api/v1/statuses/${made.id}`)
    const { pathname } = new URL(body.media_attachments[0].url)
    expect((await request('GET', pathname)).status).toBe(200)
    const secret = /-([0-9a-f]{32})\.jpg$/.exec(pathname)?.[1]
    expect(secret).toBeDefined()
    expect((await request('GET', pathname.replace(secret!, '0'.repeat(32)))).status).toBe(404)
    shown.push(secret!)
  }
  expect(shown[0]).not.toBe(shown[1])
})

test('federation rule 232: whoever is suspended is 410, with everything below', async () => {
  const { id } = await post(alice, {})
  const paths = ['', '/outbox', '/outbox/page/first', '/followers', '/featured']
  const base = `/users/${alice.account.id}`
  const statuses = async () => Promise.all(paths.map(async (path) => (await get(base + path)).status))
  expect(await statuses()).toEqual(paths.map(() => 200))
  await alice.account.update({ suspendedAt: new Date() })
  expect(await statuses()).toEqual(paths.map(() => 410))
  expect((await get(pathOf({ id }))).status).toBe(404)
})
