import { db, row } from '#platform/db'
import { redis } from '#platform/redis'

describe('the stores of a test', () => {
  test.each(['the first', 'the next'])('are empty when %s test begins', async (which) => {
    await redis.connect().catch(() => undefined)
    expect(await redis.dbsize()).toBe(0)
    await redis.set('left-behind', which)

    await db.query('CREATE TABLE IF NOT EXISTS left_behind (which text)')
    expect(await row({}, 'SELECT which FROM left_behind')).toBeUndefined()
    await db.query('INSERT INTO left_behind VALUES (:which)', { replacements: { which } })
    expect(await row({}, 'SELECT which FROM left_behind')).toEqual({ which })
  })

  test('have every migration', async () => {
    expect(await row({}, 'SELECT count(*)::int AS count FROM migrations')).not.toEqual({ count: 0 })
  })

  afterAll(() => db.query('DROP TABLE IF EXISTS left_behind'))
})
