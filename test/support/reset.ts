import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Pool } from 'pg'
import { heedFacts } from '#platform/facts'
import { forgetShares } from '#platform/rate-limit'
import { openRedis, redis } from '#platform/redis'

let pool: Pool | undefined

function emptyDatabase(): Promise<unknown> {
  if (!pool) {
    pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1, allowExitOnIdle: true })
    // The server goes before this connection when all tests are over.
    pool.on('error', () => undefined)
  }
  return pool.query('SELECT kith_test.reset()')
}

const emptyRedis = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(process.env.REDIS_URL ?? '', () => socket.end('FLUSHALL\r\n'))
    socket.on('data', (reply) =>
      String(reply).startsWith('+OK') ? resolve() : reject(new Error(String(reply))),
    )
    socket.on('error', reject)
  })

const emptyFolders = (): Promise<unknown> =>
  Promise.all(
    ['media', 'mail'].map((name) =>
      rm(join(process.env.KITH_DATA ?? '', name), { recursive: true, force: true }),
    ),
  )

/**
 * Takes away all rows, keys, files and mails; what the migrations filled in is there again. Runs before every test by
 * itself.
 */
export async function reset(): Promise<void> {
  heedFacts([])
  forgetShares()
  // A test that took Redis away leaves it so; the next one begins with it.
  if (redis.status === 'end') await openRedis()
  await Promise.all([emptyDatabase(), emptyRedis(), emptyFolders()])
}
