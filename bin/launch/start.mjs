import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { say, Stop } from './say.mjs'
import { startWebProcesses } from './web-processes.mjs'

/** Asks the system for a port that nobody has; `wish` when that one is free. */
const freePort = (wish, host) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(freePort(0, host)))
    probe.listen(wish, host, () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

/**
 * PORT=0 is decided before the configuration is read, because the port is part of the instance's name when no origin is
 * given; the same data folder gets the same port again.
 */
export async function choosePort() {
  if (process.env.PORT?.trim() !== '0') return
  const file = join(process.env.KITH_DATA, 'port')
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  process.env.PORT = String(await freePort(before, process.env.HOST?.trim() || '127.0.0.1'))
  if (existsSync(process.env.KITH_DATA)) writeFileSync(file, process.env.PORT)
}

const load = (path) => import(new URL(`../../${path}`, import.meta.url).href)

/** Starts the parts of this process's role, and gives what each of them answers. */
async function startParts({ role, webProcesses, metricsPort }) {
  const parts = []
  const isSplit = webProcesses > 1 && (role === 'all' || role === 'web')
  try {
    if (role === 'streaming') parts.push(await (await load('server/streaming/main.ts')).startStreaming())
    else if (isSplit) parts.push(await startWebProcesses(webProcesses))
    else if (role !== 'worker') parts.push(await (await load('server/main.ts')).startServer())
    if (role === 'worker' && metricsPort !== undefined)
      parts.push(await (await load('server/probes.ts')).startProbes(metricsPort))
    if (role === 'all' || role === 'worker') parts.push(await (await load('workers/main.ts')).startWorkers())
    return parts
  } catch (error) {
    await Promise.allSettled(parts.map((part) => part.stop()))
    throw error
  }
}

async function welcome() {
  const { rows } = await load('platform/db.ts')
  const [{ isEmpty }] = await rows({}, 'SELECT NOT EXISTS (SELECT FROM users) AS "isEmpty"')
  if (!isEmpty) return
  process.stdout.write(
    "Nobody has an account yet. Make the owner's, in another terminal:\n" +
      '  npm run kith -- accounts create NAME --email you@example.org --role owner --confirmed\n',
  )
}

const oldestPostgres = 140_000

async function assertPostgres() {
  const { row } = await load('platform/db.ts')
  const { number, version } = await row(
    {},
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  )
  if (number < oldestPostgres)
    throw new Stop(`Kith needs PostgreSQL 14 or newer; DATABASE_URL leads to ${version}.`)
}

/**
 * Loading and migrating leaves some 90 MB of garbage, which V8 would hold for as long as nothing else wants the room. The last
 * resort, unlike an ordinary collection, gives freed pages back to the system at once.
 */
function tidy() {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  setFlagsFromString('--no-expose-gc')
}

/** Migrates, runs the parts of this process's role until `stopped` resolves, and ends them gracefully. */
export async function start(stopped) {
  const { instance } = await load('config/instance.ts')
  const { migrate } = await load('platform/migrate.ts')
  await assertPostgres()
  await migrate()
  const exposure = await (await load('platform/redis-exposure.ts')).redisExposure()
  if (exposure) say(exposure)
  await (await load('core/instances/fix-origin.ts')).fixOrigin(instance)
  const parts = await startParts(instance).catch((error) => {
    throw error.code === 'EADDRINUSE'
      ? new Stop(
          `port ${instance.port} on ${instance.host} is taken: end the program that has it, or set PORT.`,
        )
      : error
  })
  process.stdout.write(`Kith is ready at ${parts.find((part) => part.url)?.url ?? instance.origin}\n`)
  await welcome()
  for (const seconds of [1, 10]) setTimeout(tidy, seconds * 1000).unref()
  await stopped
  await Promise.all(parts.map((part) => part.stop()))
  // From here on the services go, and what still listens to them would complain.
  const { log } = await load('platform/log.ts')
  log.level = 'silent'
}
