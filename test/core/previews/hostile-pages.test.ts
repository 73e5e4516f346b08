import { readFile } from 'node:fs/promises'
import { createPost } from '#core/posts/create-post'
import { rows } from '#platform/db'
import { http } from '#platform/http'
import { createHttpClient } from '#platform/http-client'
import type { Id } from '#platform/ids'
import { as, cast } from '#test/factories/account'
import { file } from '#test/factories/medium'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners, listen } from '#test/support/listener'
import { settle } from '#test/support/settle'

afterAll(closeListeners)

test('CVE-2026-42181: a picture that lies inside is asked for by nobody, and the card has none', async () => {
  const { alice } = await cast('alice')
  const picture = await readFile((await file('photo.jpg')).path)
  const inside = await listen(
    (_req, res) => void res.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture),
  )
  const places = [
    ['og:image', inside.url],
    ['og:image:secure_url', `http://localhost:${inside.port}`],
    ['twitter:image', `http://[::1]:${inside.port}`],
    ['og:image:url', `http://0x7f.1:${inside.port}`],
  ] as const
  const web = await listen((req, res) => {
    const [name, origin] = places[Number(req.url?.slice(1))]!
    const head = `<title>Bees</title><meta property="${name}" content="${origin}/p.jpg">`
    res.writeHead(200, { 'content-type': 'text/html' }).end(head)
  })
  // The page lies in this house, too: only its picture goes by the way that an instance in the open has.
  const guarded = createHttpClient({ userAgent: 'Kith', allowPrivate: false })
  const way = jest.spyOn(http, 'download').mockImplementation((request) => guarded.download(request))
  try {
    const ids: Id[] = []
    for (const [at] of places.entries())
      ids.push((await as(alice, createPost, { text: `${web.url}/${at}` })).id)
    await settle({ except: ['delivery', 'schedule', 'preview'] })
    await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'preview'`)
    await settle()
    for (const id of ids) {
      const { body } = await client(alice).get(`/api/v1/statuses/${id}`)
      expectEntity('Status', body)
      expect(body.card).toMatchObject({ title: 'Bees', image: null, blurhash: null })
    }
    expect(way).toHaveBeenCalledTimes(places.length)
    expect([inside.connections, inside.requests]).toEqual([0, []])
  } finally {
    way.mockRestore()
    await guarded.close()
  }
})
