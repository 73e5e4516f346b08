import { mountRoutes } from '#server/mount'
import { cast } from '#test/factories/account'
import { makeToken, request } from '#test/support/client'
import { countQueries } from '#test/support/count-queries'

const { list } = await mountRoutes()

const extremes = new URLSearchParams({
  limit: '999999999',
  offset: '999999999',
  min_id: '0',
  max_id: '9223372036854775807',
  q: `${'%_*('.repeat(400)}`,
  resolve: 'true',
  'types[]': 'accounts',
  start_at: '0001-01-01',
  end_at: '9999-12-31',
  'id[]': '1',
})
let calls = 0
const from = () => ({ 'X-Forwarded-For': `10.2.${(calls += 1) >> 8}.${calls & 255}` })

test('CVE-2026-72914: a stranger who asks for what is not open costs no query at all, whatever they ask for', async () => {
  const closed = list.filter(({ access }) => access === 'user' || access === 'app')
  expect(closed.length).toBeGreaterThan(100)
  expect(closed.map(({ path }) => path)).toEqual(expect.arrayContaining(['/api/v1/accounts/search']))
  const wrong: string[] = []
  await request('GET', '/api/v1/preferences', undefined, { headers: from() })
  const began = performance.now()
  for (const { method, path: stated } of closed) {
    const path = `${stated.replaceAll(/:\w+/g, '1')}?${extremes}`
    let status = 0
    const queries = await countQueries(async () => {
      status = (await request(method.toUpperCase(), path, undefined, { headers: from() })).status
    })
    if (status !== 401 || queries > 0) wrong.push(`${method} ${stated}: ${status}, ${queries} queries`)
  }
  expect(wrong).toEqual([])
  expect((performance.now() - began) / closed.length).toBeLessThan(20)
})

test('CVE-2026-72914: nor do paths of administration, export and figures that there are not', async () => {
  const paths = [
    '/api/v1/admin/measures',
    '/api/v1/admin/dimensions',
    '/api/v1/admin/retention',
    '/api/v1/admin/accounts',
    '/api/v2/admin/accounts',
    '/api/v1/admin/reports',
    '/settings/exports/follows.csv',
    '/admin',
  ]
  for (const path of paths)
    for (const method of ['GET', 'POST']) {
      let status = 0
      const asked = `${path}?${extremes}`
      const queries = await countQueries(async () => {
        status = (await request(method, asked, undefined, { headers: from() })).status
      })
      expect([method, path, status, queries]).toEqual([method, path, 404, 0])
    }
})

test('CVE-2026-72914: a token that is unknown, or of the wrong scope, costs the look for it and nothing more', async () => {
  const { alice } = await cast('alice')
  const narrow = await makeToken(['profile'], alice)
  await request('GET', '/api/v1/preferences', undefined, { headers: { Authorization: `Bearer ${narrow}` } })
  const searches = list.filter(({ path }) =>
    /search|instance\/activity|trends|directory|suggestions/.test(path),
  )
  for (const { method, path, scopes, access } of searches) {
    if (scopes.length === 0 || access === 'none') continue
    for (const [token, most] of [
      ['unknown', 1],
      [narrow, 0],
    ] as const) {
      let status = 0
      const headers = { ...from(), Authorization: `Bearer ${token}` }
      const asked = `${path.replaceAll(/:\w+/g, '1')}?${extremes}`
      const queries = await countQueries(async () => {
        status = (await request(method.toUpperCase(), asked, undefined, { headers })).status
      })
      expect([path, token, [401, 403].includes(status)]).toEqual([path, token, true])
      expect(queries).toBeLessThanOrEqual(most)
    }
  }
})
