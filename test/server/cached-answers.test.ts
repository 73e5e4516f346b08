import { forgetShares } from '#platform/rate-limit'
import { redis } from '#platform/redis'
import { member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { baseUrl } from '#test/support/client'
import { type RawReply, sendRaw } from '#test/support/raw-request'

const COUNT = 1000
const AT_ONCE = 125

// What caches answer themselves, and what frames the request, is no header of this test.
const known =
  `Accept Accept-Charset Accept-Datetime Accept-Encoding Accept-Language Access-Control-Request-Headers
  Access-Control-Request-Method Authorization-Info Base-Url CF-Connecting-IP CF-IPCountry CF-Ray CF-Visitor Client-IP
  Cookie2 DNT Device-Memory Digest Downlink ECT Forwarded From Front-End-Https Fastly-Client-IP Ghost-Preview HTTP2-Settings
  Host-Override Http-Host Idempotency-Key Lang Origin Original-Url Path-Info Pragma Priority Proxy-Host Proxy-Url
  Purpose Referer Request-Uri Save-Data Sec-CH-UA Sec-CH-UA-Mobile Sec-CH-UA-Platform Sec-Fetch-Dest Sec-Fetch-Mode
  Sec-Fetch-Site Sec-Fetch-User Sec-GPC Service-Worker Signature Signature-Input Surrogate-Capability True-Client-IP
  Uri Url User-Agent Via Viewport-Width Want-Digest Width X-ATT-DeviceId X-Amz-Website-Redirect X-Api-Version
  X-CSRF-Token X-Cluster-Client-IP X-Custom-IP-Authorization X-Debug X-Forward-For X-Forwarded X-Forwarded-By
  X-Forwarded-For X-Forwarded-Host X-Forwarded-Path X-Forwarded-Port X-Forwarded-Prefix X-Forwarded-Proto
  X-Forwarded-Protocol X-Forwarded-Scheme X-Forwarded-Server X-Forwarded-Ssl X-Ghost-Preview X-HTTP-Destinationurl
  X-HTTP-Host-Override X-HTTP-Method X-HTTP-Method-Override X-Host X-Language X-Locale X-Method-Override
  X-Original-Forwarded-For X-Original-Host X-Original-Url X-Preview X-ProxyUser-IP X-Real-IP X-Requested-With
  X-Rewrite-Url X-Theme X-UIDH X-URL-Scheme X-User-Id X-Wap-Profile`.split(/\s+/)
const names = [
  ...known,
  ...Array.from({ length: COUNT - known.length }, (_, at) => `X-Header-${at.toString(36)}`),
]
const value = '"><script>alert(1)</script>//evil.example'
const values: Record<string, string> = {
  'X-Forwarded-Proto': 'javascript',
  'X-Forwarded-Port': '81',
  'X-HTTP-Method-Override': 'DELETE',
  'X-Original-Url': '/evil',
}

const ask = async (path: string, headers: Record<string, string>): Promise<RawReply> => {
  await redis.flushall()
  forgetShares()
  return sendRaw({ method: 'GET', path, headers })
}

/** May a cache that many people share keep this answer? */
const isKept = ({ headers }: RawReply): boolean => !/no-store|private/.test(headers['cache-control'] ?? '')

const same = ({ status, text, headers }: RawReply) => ({
  status,
  text,
  type: headers['content-type'],
  location: headers.location,
  link: headers.link,
})

test(`CVE-2026-53943: of ${COUNT} headers none that Vary does not name changes what a cache would keep, and no host that is sent stands in it`, async () => {
  await baseUrl()
  const alice = await member('alice')
  const { account } = alice
  const { id } = await post(alice, { text: 'hello' })
  const paths = [
    '/',
    '/about',
    '/privacy-policy',
    '/@alice',
    `/@alice/${id}`,
    '/@alice.rss',
    '/tags/bees',
    '/robots.txt',
    '/nothing',
    '/api/v1/instance',
    '/api/v2/instance',
    '/api/v1/instance/rules',
    '/api/v1/custom_emojis',
    '/api/v1/nothing',
    `/api/v1/accounts/${account.id}`,
    `/api/v1/statuses/${id}`,
    '/api/v1/timelines/public',
    '/api/v1/trends/tags',
    '/.well-known/nodeinfo',
    '/nodeinfo/2.1',
    '/.well-known/host-meta',
    `/users/${account.id}`,
    '/oauth/token',
    '/.well-known/webfinger?resource=acct:alice@localhost:3000',
    '/.well-known/oauth-authorization-server',
  ]
  let kept = 0
  for (const path of paths)
    for (const accept of ['text/html', 'application/json', 'application/activity+json']) {
      const plain = await ask(path, { accept })
      if (!isKept(plain)) continue
      kept += 1
      const vary = new Set((plain.headers.vary ?? '').toLowerCase().split(/, */))
      const free = names.filter((name) => !vary.has(name.toLowerCase()) && name !== 'Accept')
      for (let at = 0; at < free.length; at += AT_ONCE) {
        const some = free.slice(at, at + AT_ONCE).map((name) => [name, values[name] ?? value] as const)
        const varied = await ask(path, { accept, ...Object.fromEntries(some) })
        expect({ path, accept, names: some.map(([name]) => name), ...same(varied) }).toEqual({
          path,
          accept,
          names: some.map(([name]) => name),
          ...same(plain),
        })
      }
      const elsewhere = await ask(path, { accept, host: 'evil.example' })
      expect({ path, accept, ...same(elsewhere) }).toEqual({ path, accept, ...same(plain) })
      expect(JSON.stringify([elsewhere.headers, elsewhere.text])).not.toContain('evil.example')
    }
  expect(kept).toBeGreaterThan(25)
}, 120_000)
