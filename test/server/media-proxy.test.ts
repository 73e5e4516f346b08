import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import type { Account } from '#core/accounts/account.model'
import { nowhere } from '#core/remote'
import { DomainRule } from '#core/instances/domain-rule.model'
import { attachmentUrls, pictureUrls, proxyUrl } from '#core/media/medium-addresses'
import { clearMirroredMedia } from '#core/media/clear-mirrored-media'
import { Medium } from '#core/media/medium.model'
import { instance } from '#config/instance'
import { inSeconds } from '#platform/clock'
import { mediumJson } from '#server/serializers/medium'
import { stranger } from '#test/factories/account'
import { file } from '#test/factories/medium'
import { request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners, listen, type Listener } from '#test/support/listener'
import { settle } from '#test/support/settle'

let vic: Account
beforeEach(async () => {
  vic = await stranger('vic', 'good.test')
})
afterAll(closeListeners)

const serving = async (kind: Parameters<typeof file>[0], type = 'text/html'): Promise<RequestListener> => {
  const bytes = await readFile((await file(kind)).path)
  return (_, response) => void response.setHeader('Content-Type', type).end(bytes)
}
const elsewhere = (remoteUrl: string, more: Partial<Medium> = {}): Promise<Medium> =>
  Medium.create({ ownerId: vic.id, state: 'remote', kind: 'image', remoteUrl, ...more })
const pathOf = (url: string | null | undefined) => (url ? url.slice(instance.origin.length) : '')
const look = async (medium: Medium, form: 'original' | 'small' = 'original') =>
  request('GET', pathOf(proxyUrl(medium.id, form)))
const placeOf = async (server: Listener, more: Partial<Medium> = {}) => elsewhere(`${server.url}/a`, more)

test('MEDIA-13 the first look fetches it, the next ones do not (federation rule 110)', async () => {
  const server = await listen(await serving('photo.jpg'))
  const medium = await placeOf(server, { description: 'a wall' })
  expectEntity('MediaAttachment', mediumJson(medium))
  const { url } = attachmentUrls(medium)
  expect(url).toContain(`/media_proxy/${medium.id}/original`)
  const first = await request('GET', pathOf(url))
  expect(first.status).toBe(302)
  expect(first.headers.get('location')).toMatch(/\/media\/cache\/..\/..\/\d+-[0-9a-f]{32}\.jpg$/)
  const shown = await request('GET', pathOf(first.headers.get('location')))
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  expect(shown.body).not.toContain('alice')
  await look(medium, 'small')
  expect(server.requests).toEqual(['GET /a'])
  await medium.reload()
  expect(medium).toMatchObject({ state: 'ready', mimeType: 'image/jpeg', description: 'a wall' })
  expect(attachmentUrls(medium).url).toBe(first.headers.get('location'))
})

test('many looks at once make one request (R-060)', async () => {
  const serve = await serving('photo.jpg')
  const server = await listen((...exchange) => void setTimeout(() => serve(...exchange), 100))
  const medium = await placeOf(server)
  const answers = await Promise.all(Array.from({ length: 8 }, () => look(medium)))
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(302))
  expect(server.requests).toHaveLength(1)
})

test('addresses that were not made here fetch nothing (CVE-2024-49363)', async () => {
  const server = await listen(await serving('photo.jpg'))
  const [medium, other] = [await placeOf(server), await placeOf(server)]
  const path = `/media_proxy/${medium.id}/original`
  const foreign = pathOf(proxyUrl(other.id, 'original')).split('?')[1]
  for (const each of [
    path,
    `${path}?s=`,
    `${path}?s=x`,
    `${path}?${foreign}`,
    `${path}?s=a&s=b`,
    '/media_proxy/x/original',
  ]) {
    expect([each, (await request('GET', each)).status]).toEqual([each, 404])
  }
  expect(server.requests).toEqual([])
})

test('a proxy that is asked by a proxy looks no further, and says itself what it is (CVE-2024-49363)', async () => {
  const seen: (string | string[] | undefined)[] = []
  const serve = await serving('photo.jpg')
  const server = await listen((asked, answer) => {
    seen.push(asked.headers['kith-media-hop'])
    serve(asked, answer)
  })
  const medium = await placeOf(server)
  const hop = { headers: { 'kith-media-hop': '1' } }
  expect((await request('GET', pathOf(proxyUrl(medium.id, 'original')), undefined, hop)).status).toBe(404)
  expect(seen).toEqual([])
  await look(medium)
  expect(seen).toEqual(['1'])
})

test('addresses of this server are never fetched (CVE-2024-49363)', async () => {
  const inner = await elsewhere('http://127.0.0.1:9/x')
  const medium = await elsewhere(proxyUrl(inner.id, 'original'))
  expect((await look(medium)).status).toBe(404)
  expect((await medium.reload()).state).toBe('failed')
})

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
  ['HTML', '<!doctype html><script>1</script>'],
  ['an actor', '{"type":"Person"}'],
])(
  '%s is never passed through; people get a link to where it lies (federation rule 109, CVE-2024-27731)',
  async (_, body) => {
    const server = await listen(
      (_, response) => void response.setHeader('Content-Type', 'image/png').end(body),
    )
    const medium = await placeOf(server)
    expect((await look(medium)).status).toBe(404)
    await medium.reload()
    expect(mediumJson(medium)).toMatchObject({
      type: 'unknown',
      url: `${server.url}/a`,
      preview_url: null,
      remote_url: `${server.url}/a`,
    })
    expectEntity('MediaAttachment', mediumJson(medium))
  },
)

test('a server that fails is asked again later, not at every look', async () => {
  const server = await listen((_, response) => void response.writeHead(503).end())
  const medium = await placeOf(server)
  expect((await look(medium)).status).toBe(404)
  expect((await look(medium)).status).toBe(404)
  expect(server.requests).toHaveLength(1)
  await medium.reload()
  expect(medium.state).toBe('remote')
  await medium.update({ leasedUntil: inSeconds(-1) })
  await look(medium)
  expect(server.requests).toHaveLength(2)
})

test('what is gone there is gone here', async () => {
  const server = await listen((_, response) => void response.writeHead(410).end())
  const medium = await placeOf(server)
  await look(medium)
  expect((await medium.reload()).state).toBe('failed')
})

test.each([['good.test'], ['127.0.0.1'], ['test']])(
  'media of a refused domain (%s) are not fetched (federation rule 230)',
  async (domain) => {
    const server = await listen(await serving('photo.jpg'))
    await DomainRule.create({ domain, severity: 'noop', rejectMedia: true })
    expect((await look(await placeOf(server))).status).toBe(404)
    expect(server.requests).toEqual([])
  },
)

test('a body without end is cut at the limit and leaves nothing (GTS-564, R-082)', async () => {
  const piece = Buffer.alloc(4_194_304, 7)
  const server = await listen((_, response) => {
    const push = () => {
      if (!response.destroyed) response.write(piece, push)
    }
    push()
  })
  const medium = await placeOf(server, { purpose: 'avatar' })
  expect((await look(medium)).status).toBe(404)
  expect(await medium.reload()).toMatchObject({ state: 'failed', fileKey: null })
})

test('the preview of a video is had without the video', async () => {
  const [film, still] = [await listen(await serving('video.mp4')), await listen(await serving('cover.png'))]
  const medium = await placeOf(film, { kind: 'video', remotePreviewUrl: `${still.url}/p` })
  expect((await look(medium, 'small')).status).toBe(302)
  expect([film.requests.length, still.requests.length]).toEqual([0, 1])
  await medium.reload()
  expect(medium).toMatchObject({ state: 'remote', meta: { small: { width: 320, height: 240 } } })
  expect((await look(medium)).status).toBe(302)
  expect((await medium.reload()).meta.original).toMatchObject({ width: 160, height: 120 })
})

test('ACCT-07 an avatar elsewhere has a moving and a still form', async () => {
  const server = await listen(await serving('moving.gif'))
  const medium = await placeOf(server, { purpose: 'avatar' })
  const urls = pictureUrls(medium)
  expect((await request('GET', pathOf(urls?.staticUrl))).headers.get('location')).toMatch(/\.png$/)
  expect((await request('GET', pathOf(urls?.url))).headers.get('location')).toMatch(/\.gif$/)
  expect(server.requests).toHaveLength(1)
})

test('copies that nobody looked at for two weeks go, and come back by one fetch (R-190)', async () => {
  const server = await listen(await serving('photo.jpg'))
  const medium = await placeOf(server)
  const path = pathOf((await look(medium)).headers.get('location'))
  await medium.update({ viewedAt: inSeconds(-13 * 86_400) })
  await clearMirroredMedia({ actor: { kind: 'kith' }, remote: nowhere })
  expect((await request('GET', path)).status).toBe(200)
  await medium.update({ viewedAt: inSeconds(-15 * 86_400) })
  await clearMirroredMedia({ actor: { kind: 'kith' }, remote: nowhere })
  await settle()
  const gone = await request('GET', path)
  expect(gone.status).toBe(302)
  expect((await request('GET', pathOf(gone.headers.get('location')))).status).toBe(302)
  expect(server.requests).toHaveLength(2)
})
