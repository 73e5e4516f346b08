import { finishRefresh } from '#core/refreshes/finish-refresh'
import { idOf } from '#core/refreshes/refresh'
import { startRefresh } from '#core/refreshes/start-refresh'
import { refreshHeader } from '#server/serializers/refresh'
import { member } from '#test/factories/account'
import { baseUrl, client } from '#test/support/client'

beforeAll(baseUrl)

const at = (id: string) => `/api/v1_alpha/async_refreshes/${encodeURIComponent(id)}`

test('MISC-14 a refresh is running, then finished with what it brought; an unknown or forged id is 404', async () => {
  const app = client(await member('alice'), ['read'])
  const { id } = await startRefresh('home:1')
  expect((await app.get(at(id))).body).toEqual({
    async_refresh: { id, status: 'running', result_count: 0 },
  })
  await finishRefresh('home:1', 7)
  expect((await app.get(at(id))).body.async_refresh).toEqual({ id, status: 'finished', result_count: 7 })
  expect((await app.get(at(idOf('home:2')))).status).toBe(404)
  expect((await app.get(at(`${id.split('.')[0]}.${idOf('home:2').split('.')[1]}`))).status).toBe(404)
  expect((await app.get(at('home:1'))).status).toBe(404)
})

test('MISC-14 a refresh is told in a header, and only to tokens that may read everything', async () => {
  const alice = await member('alice')
  const { id, ...rest } = await startRefresh('home:1')
  expect(refreshHeader({ id, ...rest })).toEqual({
    'Mastodon-Async-Refresh': `id="${id}", retry=3, result_count=0`,
  })
  expect((await client(alice, ['read:statuses']).get(at(id))).status).toBe(403)
})
