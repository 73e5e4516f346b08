import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Account } from '#core/accounts/account.model'
import { createPost } from '#core/posts/create-post'
import { editPost } from '#core/posts/edits/edit-post'
import { clearLooseMedia } from '#core/media/clear-loose-media'
import { Medium } from '#core/media/medium.model'
import { clearPreviews } from '#core/previews/clear-previews'
import { Preview } from '#core/previews/preview.model'
import { findPosts } from '#core/search/find-posts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { file } from '#test/factories/medium'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners, listen } from '#test/support/listener'
import { settle } from '#test/support/settle'

const html = { 'content-type': 'text/html; charset=utf-8' }
const page = (title: string, more = ''): string => `<title>${title}</title>${more}`
type Site = Awaited<ReturnType<typeof site>>

/** A website of a test, by path. */
const site = (pages: Record<string, (res: ServerResponse, req: IncomingMessage) => void>) =>
  listen((req, res) =>
    (pages[(req.url ?? '').split('?')[0] ?? ''] ?? ((res) => res.writeHead(404).end()))(res, req),
  )

const fetches = ({ requests }: Site, path: string): number =>
  requests.filter((each) => each === `GET ${path}`).length

/** All owed work, that of pages as if their minute was over. */
async function settleAll(): Promise<void> {
  await settle({ except: ['delivery', 'schedule', 'preview'] })
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'preview'`)
  await settle()
}

const cardOf = async (who: Member, id: Id) => {
  const { body } = await client(who).get(`/api/v1/statuses/${id}`)
  expectEntity('Status', body)
  return body.card
}

afterAll(closeListeners)

test('STAT-31 POST-16 a post has no card at first, and one with picture and blurhash when the page has been asked', async () => {
  const { alice } = await cast('alice')
  const picture = await readFile((await file('photo.jpg')).path)
  const web = await site({
    '/a': (res) =>
      res
        .writeHead(200, html)
        .end(
          page(
            'Bees',
            '<meta property="og:image" content="/p.jpg"><meta name="description" content="of summer">',
          ),
        ),
    '/p.jpg': (res) => res.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture),
  })
  const { body } = await client(alice).post('/api/v1/statuses', { status: `@alice #x see ${web.url}/a#top` })
  expect(body.card).toBeNull()
  // Kept pages notice that the card has come.
  for (let time = 0; time < 3; time += 1) await client(alice).get('/api/v1/timelines/public')
  await settleAll()
  const card = await cardOf(alice, body.id)
  expect(card).toMatchObject({
    url: `${web.url}/a`,
    title: 'Bees',
    description: 'of summer',
    type: 'link',
    html: '',
  })
  expect(card.blurhash).toMatch(/^\S{6,}$/)
  expect([card.width > 100, card.height > 50]).toEqual([true, true])
  const { mediumId } = await Preview.findOne({ rejectOnEmpty: true })
  const kept = await Medium.findByPk(mediumId!, { rejectOnEmpty: true })
  expect(card.image).toContain(kept.previewKey)
  await rows({}, `UPDATE media SET loose_since = now() - interval '9 days'`)
  await clearLooseMedia(alice.ctx)
  expect(await Medium.count()).toBe(1)
  const shared = await boost(alice, { id: body.id })
  const { body: wrapper } = await client(alice).get(`/api/v1/statuses/${shared.id}`)
  expect(wrapper.reblog.card.title).toBe('Bees')
  const feed = (await client(alice).get('/api/v1/timelines/public')).body
  expect(feed[0].card.title).toBe('Bees')
})

test('R-062, federation rule 111: a page is asked once for all posts, after up to a minute, and again a day later', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const web = await site({ '/a': (res) => res.writeHead(200, html).end(page('Bees')) })
  for (const who of [alice, bob, alice]) await as(who, createPost, { text: `${web.url}/a` })
  await settle()
  expect(fetches(web, '/a')).toBe(0)
  const [owed] = await rows<{ seconds: number; count: number }>(
    {},
    `SELECT extract(epoch FROM max(due_at) - now())::float8 AS seconds, count(*)::int FROM owed_work WHERE kind = 'preview'`,
  )
  expect(owed!.count).toBe(1)
  expect(owed!.seconds).toBeGreaterThan(-10)
  expect(owed!.seconds).toBeLessThanOrEqual(60)
  await settleAll()
  expect(fetches(web, '/a')).toBe(1)
  const late = await as(bob, createPost, { text: `again ${web.url}/a` })
  await settleAll()
  expect(fetches(web, '/a')).toBe(1)
  expect((await cardOf(alice, late.id)).title).toBe('Bees')
  await rows({}, `UPDATE previews SET due_at = now() - interval '1 second'`)
  await as(bob, createPost, { text: `tomorrow ${web.url}/a` })
  await settleAll()
  expect(fetches(web, '/a')).toBe(2)
})

test('federation rule 111: of each post the first page is asked, each after a while of its own of a minute at most', async () => {
  const { alice } = await cast('alice')
  const address = (at: number, name: string) => `https://${name}${at}.example/`
  for (let at = 0; at < 8; at += 1)
    await as(alice, createPost, { text: `@alice #bees ${address(at, 'one')} ${address(at, 'two')}` })
  await settle({ except: ['delivery', 'schedule', 'preview'] })
  const owed = await rows<{ url: string; seconds: number }>(
    {},
    `SELECT p.url, round(extract(epoch FROM w.due_at - w.created_at))::int AS seconds FROM owed_work AS w
     JOIN previews AS p ON p.id = (w.payload->>'previewId')::bigint WHERE w.kind = 'preview' ORDER BY p.url`,
  )
  expect(owed.map(({ url }) => url)).toEqual(Array.from({ length: 8 }, (_, at) => address(at, 'one')))
  expect(Math.max(...owed.map(({ seconds }) => seconds))).toBeLessThanOrEqual(60)
  expect(new Set(owed.map(({ seconds }) => seconds)).size).toBeGreaterThan(2)
  await rows({}, `DELETE FROM owed_work WHERE kind = 'preview'`)
})

test('R-062 a page that fails is not asked again for an hour, then two', async () => {
  const { alice } = await cast('alice')
  let isWell = false
  const web = await site({
    '/a': (res) => (isWell ? res.writeHead(200, html).end(page('Bees')) : res.writeHead(500).end()),
  })
  const hours = async () =>
    (
      await rows<{ hours: number }>(
        {},
        `SELECT round(extract(epoch FROM due_at - now()) / 3600)::int AS hours FROM previews`,
      )
    )[0]!.hours
  const link = async () => {
    const { id } = await as(alice, createPost, { text: `${web.url}/a` })
    await settleAll()
    return cardOf(alice, id)
  }
  expect(await link()).toBeNull()
  expect([await hours(), fetches(web, '/a')]).toEqual([1, 1])
  expect(await link()).toBeNull()
  expect(fetches(web, '/a')).toBe(1)
  await rows({}, 'UPDATE previews SET due_at = now()')
  await link()
  expect([await hours(), fetches(web, '/a')]).toEqual([2, 2])
  isWell = true
  await rows({}, 'UPDATE previews SET due_at = now()')
  expect((await link()).title).toBe('Bees')
})

test('STAT-31 an edit changes the card, and takes it away; remote posts and posts with media have one, too', async () => {
  const { alice } = await cast('alice')
  const web = await site({
    '/a': (res) => res.writeHead(200, html).end(page('Bees')),
    '/b': (res) => res.writeHead(200, html).end(page('Badgers')),
  })
  const { id } = await as(alice, createPost, { text: `${web.url}/a and ${web.url}/b` })
  await settleAll()
  expect((await cardOf(alice, id)).title).toBe('Bees')
  await as(alice, editPost, { postId: id, text: `only ${web.url}/b` })
  await settleAll()
  expect((await cardOf(alice, id)).title).toBe('Badgers')
  expect(await as(alice, findPosts, { query: 'has:link', limit: 9, offset: 0 })).toEqual([id])
  await as(alice, editPost, { postId: id, text: 'nothing' })
  await settleAll()
  expect(await cardOf(alice, id)).toBeNull()
  expect(await as(alice, findPosts, { query: 'has:link', limit: 9, offset: 0 })).toEqual([])
  const far = await stranger('far')
  const theirs = await post(far, {
    uri: 'https://remote.example/1',
    html: `<p><a href="https://remote.example/@alice" class="u-url mention">@alice</a> <a href="${web.url}/b">b</a></p>`,
  })
  await settleAll()
  expect((await cardOf(alice, theirs.id)).title).toBe('Badgers')
})

test('a page may name a member as its author, who is shown when they let its site', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const web = await site({
    '/a': (res) =>
      res
        .writeHead(200, html)
        .end(page('Bees', '<meta name="fediverse:creator" content="@bob@localhost:3000">')),
  })
  const { id } = await as(alice, createPost, { text: `${web.url}/a` })
  await settleAll()
  expect(await cardOf(alice, id)).toMatchObject({ authors: [], missing_attribution: false })
  expect(await cardOf(bob, id)).toMatchObject({ authors: [], missing_attribution: true })
  await Account.update({ attributionDomains: ['127.0.0.1'] }, { where: { id: bob.account.id } })
  await rows({}, 'UPDATE posts SET version = version + 1')
  const card = await cardOf(bob, id)
  expect(card.missing_attribution).toBe(false)
  expect(card.authors[0]).toMatchObject({ name: 'bob', account: { acct: 'bob' } })
})

test('an embedded player comes by oEmbed', async () => {
  const { alice } = await cast('alice')
  const web = await site({
    '/film': (res) =>
      res
        .writeHead(200, html)
        .end(page('Film', '<link rel="alternate" type="application/json+oembed" href="/oembed?id=1">')),
    '/oembed': (res) =>
      res.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          type: 'video',
          html: '<iframe src="https://player.example/1"></iframe>',
          width: 640,
          height: 360,
          provider_name: 'Films',
        }),
      ),
  })
  const { id } = await as(alice, createPost, { text: `${web.url}/film` })
  await settleAll()
  const card = await cardOf(alice, id)
  expect(card).toMatchObject({ type: 'video', width: 640, height: 360, provider_name: 'Films' })
  expect(card.html).toContain('src="https://player.example/1"')
  expect(await as(alice, findPosts, { query: 'has:embed', limit: 9, offset: 0 })).toEqual([id])
})

test('hostile pages give no card and do no harm: huge, binary, endless, looping, empty, of ours', async () => {
  const { alice } = await cast('alice')
  const web = await site({
    '/huge': (res) => {
      res.writeHead(200, html)
      const block = 'x'.repeat(65_536)
      const more = (): void => {
        while (!res.destroyed && res.write(block)) continue
      }
      res.on('drain', more)
      more()
    },
    '/binary': (res) => res.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x'),
    '/lie': (res) => res.writeHead(200, html).end(Buffer.from([0, 1, 2, 255, 254])),
    '/loop': (res) => res.writeHead(302, { location: '/loop' }).end(),
    '/file': (res) => res.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/empty': (res) => res.writeHead(200, html).end(),
    '/cut': (res) => {
      res.writeHead(200, { ...html, 'content-length': '5000' }).write('<title>x</title>')
      setTimeout(() => res.destroy(), 20)
    },
  })
  const links = ['/huge', '/binary', '/lie', '/loop', '/file', '/empty', '/cut', '/gone'].map(
    (path) => web.url + path,
  )
  const ids: Id[] = []
  for (const link of [...links, 'http://localhost:3000/about'])
    ids.push((await post(alice, { html: `<p><a href="${link}">x</a></p>` })).id)
  await settleAll()
  for (const id of ids) expect(await cardOf(alice, id)).toBeNull()
  expect(await Preview.count({ where: { state: 'failed' } })).toBe(links.length)
  expect((await rows({}, `SELECT FROM owed_work WHERE kind = 'preview'`)).length).toBe(0)
})

test('R-192 previews that no post links to any more go after two weeks, with their pictures', async () => {
  const { alice } = await cast('alice')
  const medium = await Medium.create({ ownerId: alice.account.id, purpose: 'preview', state: 'ready' })
  await Preview.create({ url: 'https://a.example/', mediumId: medium.id })
  await clearPreviews(alice.ctx)
  expect(await Preview.count()).toBe(1)
  await rows({}, `UPDATE previews SET created_at = now() - interval '15 days'`)
  await rows({}, `UPDATE media SET loose_since = now() - interval '15 days'`)
  await clearPreviews(alice.ctx)
  await clearLooseMedia(alice.ctx)
  expect([await Preview.count(), await Medium.count()]).toEqual([0, 0])
})

test('R-082, federation rule 92: of a page that is longer than 1 MiB its beginning is read, and gives the card', async () => {
  const { alice } = await cast('alice')
  const long = `${page('Bees', '<meta name="description" content="of summer">')}${'<p>hum</p>'.repeat(400_000)}`
  const web = await site({ '/long': (res) => res.writeHead(200, html).end(long) })
  const { id } = await as(alice, createPost, { text: `${web.url}/long` })
  await settleAll()
  expect(await cardOf(alice, id)).toMatchObject({ title: 'Bees', description: 'of summer' })
})
