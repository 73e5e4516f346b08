import { createHttpClient } from '#platform/http-client'
import { authority, expired, forOtherHost, good, key, selfSigned } from '#test/support/certificates'
import { closeListeners, listen } from '#test/support/listener'

afterAll(closeListeners)

const ask = async (cert: string, ca?: string) => {
  const server = await listen((_, response) => response.end('fine'), { key, cert })
  const client = createHttpClient({
    userAgent: 'Kith',
    allowPrivate: true,
    resolve: async () => ['127.0.0.1'],
    ...(ca && { ca }),
  })
  try {
    const { body } = await client.request({ url: `https://good.test:${server.port}/` })
    return { answer: body.toString(), requests: server.requests.length }
  } catch (error) {
    return { error, requests: server.requests.length }
  } finally {
    await client.close()
  }
}

test.each(Object.entries({ expired, forOtherHost, selfSigned }))(
  'CVE-2022-32210: a certificate that is %s gets no request, even where private addresses are allowed',
  async (_, cert) => {
    expect(await ask(cert, authority)).toMatchObject({ error: { problem: 'tls' }, requests: 0 })
  },
)

test('CVE-2022-32210: a certificate of an unknown authority gets no request, of a known one it does', async () => {
  expect(await ask(good)).toMatchObject({ error: { problem: 'tls' }, requests: 0 })
  expect(await ask(good, authority)).toEqual({ answer: 'fine', requests: 1 })
})
