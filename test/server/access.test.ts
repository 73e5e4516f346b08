import { grantsAny } from '#core/auth/scopes'
import { mountRoutes } from '#server/mount'
import type { Route } from '#server/routes'
import { cast, member } from '#test/factories/account'
import { makeToken, request } from '#test/support/client'
import { endpoints } from '#test/support/contract'

const { list } = await mountRoutes()

const shapeOf = (path: string): string => path.replaceAll(/:\w+/g, ':x')
const keyOf = (method: string, path: string): string => `${method.toUpperCase()} ${shapeOf(path)}`
const known = new Map(endpoints.map((each) => [keyOf(each.method, each.path), each]))
let calls = 0
// Each call comes from an address of its own, as all of them together would be too many for one.
const call = (route: Route, token?: string) =>
  request(route.method.toUpperCase(), route.path.replaceAll(/:\w+/g, '1'), undefined, {
    headers: {
      'X-Forwarded-For': `10.1.${(calls += 1) >> 8}.${calls & 255}`,
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
  })

/** A scope that opens nothing of this route. */
const wrongScopeOf = (route: Route): string =>
  ['push', 'profile', 'read:lists', 'write:lists'].find((scope) => !grantsAny([scope], route.scopes)) ??
  'push'

test('CVE-2023-52139 every route asks for what the API says, no less', () => {
  const order = ['none', 'optional', 'app', 'user', 'session']
  const lax = list.flatMap((route) => {
    const endpoint = known.get(keyOf(route.method, route.path))
    if (!endpoint) return []
    const isLess = order.indexOf(route.access) < order.indexOf(endpoint.auth)
    const wider = route.scopes.filter(
      (scope) => endpoint.scopes.length > 0 && scope !== 'follow' && !grantsAny([scope], endpoint.scopes),
    )
    const isOpen = endpoint.scopes.length > 0 && route.scopes.length === 0 && route.access !== 'none'
    return isLess || wider.length > 0 || isOpen ? [`${route.method} ${route.path}`] : []
  })
  expect(lax).toEqual([])
})

test('CVE-2024-25108 a token without the scope of a route opens none, not even in the hands of the owner', async () => {
  const owner = await member('root', { user: { role: 'owner' } })
  const guarded = list.filter(({ scopes, access }) => scopes.length > 0 && access !== 'none')
  expect(guarded.length).toBeGreaterThan(50)
  const open: string[] = []
  for (const route of guarded) {
    const { status } = await call(route, await makeToken([wrongScopeOf(route)], owner))
    if (status !== 403) open.push(`${route.method} ${route.path}: ${status}`)
  }
  expect(open).toEqual([])
})

test('ERR-02 without a token no route of members or apps does anything', async () => {
  const closed = list.filter(({ access }) => access === 'user' || access === 'app')
  const open: string[] = []
  for (const route of closed) {
    const { status } = await call(route)
    if (status !== 401) open.push(`${route.method} ${route.path}: ${status}`)
  }
  expect(open).toEqual([])
})

test('ERR-06 an app in its own name opens no route of members', async () => {
  const closed = list.filter(({ access }) => access === 'user')
  const open: string[] = []
  for (const route of closed) {
    const { status } = await call(route, await makeToken([...route.scopes]))
    if (status !== 422) open.push(`${route.method} ${route.path}: ${status}`)
  }
  expect(open).toEqual([])
})

test('ERR-07 a member whose address is not confirmed opens nothing but what serves to confirm it', async () => {
  const newcomer = await member('new', { user: { confirmedAt: null } })
  const open: string[] = []
  for (const route of list.filter(({ access }) => access === 'user')) {
    const { status } = await call(route, await makeToken([...route.scopes], newcomer))
    if (status !== 403) open.push(route.path)
  }
  expect(open.toSorted()).toEqual(['/api/v1/emails/check_confirmation', '/api/v1/emails/confirmations'])
})

test('ERR-01 a failing call of any route says why, in the shape of all errors', async () => {
  const { alice } = await cast('alice')
  const strange: string[] = []
  for (const route of list.filter(({ path }) => path.startsWith('/api/'))) {
    const { status, body } = await call(route, await makeToken([...route.scopes], alice))
    // Collections name the fields one level deeper (ERR-15).
    const words = status === 422 && route.path.includes('/collections') ? body.error.error : body.error
    const isRight = status < 400 || (status < 500 && typeof words === 'string')
    if (!isRight) strange.push(`${route.method} ${route.path}: ${status} ${JSON.stringify(body)}`)
  }
  expect(strange).toEqual([])
})
