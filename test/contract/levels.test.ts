import { mountRoutes } from '#server/mount'
import type { Route } from '#server/routes'
import { member } from '#test/factories/account'
import { client } from '#test/support/client'
import { shapeOf } from './find-routes.ts'
import { offered } from './scope.ts'

const { list } = await mountRoutes()
const stated = new Map(list.map((route) => [shapeOf(route.method, route.path), route]))
const routeOf = (named: string): Route | undefined => {
  const [method = '', path = ''] = named.split(' ')
  return stated.get(shapeOf(method, path))
}
/** Does a route take this parameter? */
const takes = (named: string, parameter: string): boolean =>
  Object.hasOwn((routeOf(named)?.input as { shape?: object } | undefined)?.shape ?? {}, parameter)
const sourceOf = async () =>
  (await client(await member('alice')).get('/api/v1/accounts/verify_credentials')).body.source
const credentials = 'PATCH /api/v1/accounts/update_credentials'

/** What each level promises beside its endpoints (INST-04 to INST-13). */
const promises: Record<number, () => boolean | Promise<boolean>> = {
  2: () => routeOf('GET /api/v2/notifications') !== undefined,
  3: async () =>
    takes(credentials, 'attribution_domains') && Array.isArray((await sourceOf()).attribution_domains),
  4: () =>
    routeOf('DELETE /api/v1/media/:id') !== undefined && takes('DELETE /api/v1/statuses/:id', 'delete_media'),
  5: async () => {
    const filter = { title: 'bees', context: ['home'], filter_action: 'blur' }
    return (await client(await member('bea')).post('/api/v2/filters', filter)).body.filter_action === 'blur'
  },
  6: () =>
    ['tags/:name/feature', 'tags/:name/unfeature', 'accounts/:id/endorse', 'accounts/:id/unendorse'].every(
      (path) => routeOf(`POST /api/v1/${path}`) !== undefined,
    ) && routeOf('GET /api/v1/accounts/:id/endorsements') !== undefined,
  7: () =>
    takes('POST /api/v1/statuses', 'quoted_status_id') &&
    takes('POST /api/v1/statuses', 'quote_approval_policy') &&
    [
      'PUT /api/v1/statuses/:id/interaction_policy',
      'GET /api/v1/statuses/:id/quotes',
      'POST /api/v1/statuses/:id/quotes/:other/revoke',
    ].every((named) => routeOf(named) !== undefined),
  8: () =>
    takes('GET /api/v1/accounts/:id/statuses', 'exclude_direct') &&
    [
      'GET /api/v1/profile',
      'PATCH /api/v1/profile',
      'GET /api/v1/annual_reports/:year/state',
      'POST /api/v1/annual_reports/:year/generate',
    ].every((named) => routeOf(named) !== undefined),
  9: () =>
    takes('PATCH /api/v1/profile', 'avatar_description') &&
    takes('PATCH /api/v1/profile', 'header_description'),
  10: () =>
    routeOf('POST /api/v1/collections') !== undefined &&
    takes('GET /api/v1/notifications', 'supported_types'),
  11: () => takes(credentials, 'avatar_description') && takes(credentials, 'header_description'),
}

/** Are all endpoints of a level there? */
const hasEndpoints = (level: number): boolean =>
  offered
    .filter(({ apiVersion }) => apiVersion === level)
    .every(({ method, path }) => routeOf(`${method} ${path}`) !== undefined)

test('INST-03 INST-04 INST-06 INST-09 INST-12 INST-14 TRIP-02 TRIP-17 the level that is announced is the highest that is kept', async () => {
  let kept = 1
  for (const [name, promise] of Object.entries(promises)) {
    const level = Number(name)
    if (level !== kept + 1 || !hasEndpoints(level) || !(await promise())) break
    kept = level
  }
  const { body } = await client().get('/api/v2/instance')
  expect(body.api_versions.mastodon).toBe(kept)
})
