import { Sequelize } from 'sequelize'
import { Client } from 'pg'
import { Conflict, Unavailable } from '#platform/errors'
import { stores } from '#config/stores'
import { isDatabaseAway, isOutage, isRedisAway } from '#platform/outage'
import { connectRedis } from '#platform/redis'

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

test('R-006: a database that is not there is an outage, whoever says so', async () => {
  const away = { host: '/nowhere/at/all', dialect: 'postgres', logging: false } as const
  expect(isOutage(await failure(new Sequelize(away).query('SELECT 1')))).toBe(true)
  expect(isOutage(await failure(new Client({ host: '127.0.0.1', port: 1 }).connect()))).toBe(true)
})

test('R-006: a connection that is cut in the middle of a query is an outage', async () => {
  const client = new Client({ connectionString: stores.database })
  client.on('error', () => undefined)
  await client.connect()
  expect(isOutage(await failure(client.query('SELECT pg_terminate_backend(pg_backend_pid())')))).toBe(true)
  expect(isOutage(await failure(client.query('SELECT 1')))).toBe(true)
})

test('what is wrong with a query, a request or the code is none', async () => {
  const client = new Client({ connectionString: stores.database })
  await client.connect()
  expect(isOutage(await failure(client.query("SELECT 'x'::int")))).toBe(false)
  await client.end()
  expect([new Conflict('no'), new TypeError('x is not a function'), 'text', undefined].map(isOutage)).toEqual(
    [false, false, false, false],
  )
  expect(isOutage(new Unavailable('later'))).toBe(true)
})

test('another server, or a mail server, that refuses connections is not our database', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:25'), { code: 'ECONNREFUSED' })
  expect([isOutage(refused), isDatabaseAway(refused)]).toEqual([true, false])
  expect(isDatabaseAway(new Error('no answer', { cause: refused }))).toBe(false)
})

test('R-130: a Redis that is not there is an outage, a wrong command is none', async () => {
  const away = connectRedis({ path: '/nowhere/at/all' })
  const failed = await failure(away.get('key'))
  away.disconnect()
  expect([isRedisAway(failed), isOutage(failed), isDatabaseAway(failed)]).toEqual([true, true, false])
  expect(isRedisAway(new Error('fanOutPost: no', { cause: failed }))).toBe(true)
  const client = connectRedis()
  await client.connect()
  const wrong = await failure(client.call('NONSENSE'))
  client.disconnect()
  expect(Error.isError(wrong)).toBe(true)
  expect([isRedisAway(wrong), isOutage(wrong)]).toEqual([false, false])
})
