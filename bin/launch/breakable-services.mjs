import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makePlace } from './place.mjs'
import { postgres } from './postgres.mjs'
import { beginningOf, running, until } from './processes.mjs'
import { redis } from './redis.mjs'
import { enter } from './services.mjs'
import { prefix, temporary } from './test-services.mjs'

const known = { postgres, redis }

/**
 * Starts a PostgreSQL and a Redis as `npm start` has them (what is committed is on the disk), in a temporary folder, for
 * tests that break them. `end` ends one by a signal, SIGKILL unless another is given, and waits until it is gone;
 * `mend` starts it again; `signal` sends one a signal and waits for nothing; `stop` ends both and leaves nothing behind.
 */
export async function startBreakableServices() {
  const folder = mkdtempSync(join(temporary(), prefix))
  const place = makePlace(folder)
  const services = await enter(place, {
    wanted: ['postgres', 'redis'],
    options: { postgres: { initdb: ['--no-sync'] }, redis: { rights: [] } },
  })
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  const abandon = () => {
    services.abandon()
    remove()
  }
  process.once('exit', abandon)
  return {
    folder,
    database: services.databaseUrl,
    redis: services.redisUrl,
    signal(name, signal) {
      process.kill(running(join(place.run, `${name}.json`)).pid, signal)
    },
    async end(name, signal = 'SIGKILL') {
      const found = running(join(place.run, `${name}.json`))
      if (!found) return
      process.kill(found.pid, signal)
      await until(() => beginningOf(found.pid) !== found.began, 20_000)
    },
    mend: (name) => services.restart(known[name]),
    async stop() {
      await services.leave()
      process.off('exit', abandon)
      remove()
    },
  }
}
