import { text } from 'node:stream/consumers'
import { createPrivateKey } from 'node:crypto'
import { postSigned } from '#federation/signed-http'
import { closeListeners, listen } from '#test/support/listener'
import { rsaPair } from '#test/support/keys'

afterEach(closeListeners)

const key = { keyId: 'https://a.example/actor#main-key', privateKey: createPrivateKey(rsaPair().privateKey) }

/** A server whose /inbox leads elsewhere; gives what came of a delivery to it, and what it heard. */
async function deliver(status: number, location: (url: string) => string) {
  const heard: string[] = []
  const signatures = new Set<unknown>()
  const server = await listen((request, response) => {
    void text(request).then((body) => {
      heard.push(`${request.url} ${body}`)
      signatures.add(request.headers.signature)
      if (request.url === '/moved') return response.writeHead(202).end()
      response.writeHead(status, { location: location(server.url) }).end()
    })
  })
  const answer = await postSigned(`${server.url}/inbox`, '{}', key)
  return { status: answer.status, heard, signatures: signatures.size }
}

test.each([307, 308])(
  'rule 182: a delivery goes on to where a %i of the same server leads',
  async (status) => {
    const { heard, ...came } = await deliver(status, () => '/moved')
    expect(heard).toEqual(['/inbox {}', '/moved {}'])
    expect(came).toEqual({ status: 202, signatures: 2 })
  },
)

test.each([
  ['to another server', 307, (url: string) => url.replace('127.0.0.1', 'localhost') + '/moved'],
  ['that is no 307 or 308', 302, () => '/moved'],
  ['that leads nowhere', 308, () => 'http://'],
  ['that leads to itself', 308, () => '/inbox'],
])('rule 182: it does not follow a redirect %s', async (_what, status, location) => {
  const { heard, ...came } = await deliver(status, location)
  expect(heard.length).toBeLessThanOrEqual(2)
  expect(heard.some((each) => each.startsWith('/moved'))).toBe(false)
  expect(came.status).toBe(status)
})
