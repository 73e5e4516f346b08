import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { instance } from '../../config/instance.ts'
import { say, Stop } from './say.mjs'

/** What runs in this process; what listens has an address. */
type Part = { url?: string; stop(): Promise<void> }

// Every room is loaded when it is wanted and not before: a worker holds no server in memory.

/** Starts the parts of this process's role. */
async function startParts({ role, webProcesses, metricsPort }: typeof instance): Promise<Part[]> {
  const parts: Part[] = []
  const isSplit = webProcesses > 1 && (role === 'all' || role === 'web')
  try {
    if (role === 'streaming') {
      const { startStreaming } = await import('../../server/streaming/main.ts')
      parts.push(await startStreaming())
    } else if (isSplit) {
      const { startWebProcesses } = await import('./web-processes.mts')
      parts.push(await startWebProcesses(webProcesses))
    } else if (role !== 'worker') {
      const { startServer } = await import('../../server/main.ts')
      parts.push(await startServer())
    }
    if (role === 'worker' && metricsPort !== undefined) {
      const { startProbes } = await import('../../server/probes.ts')
      parts.push(await startProbes(metricsPort))
    }
    if (role === 'all' || role === 'worker') {
      const { startWorkers } = await import('../../workers/main.ts')
      parts.push(await startWorkers())
    }
    return parts
  } catch (error) {
    await Promise.allSettled(parts.map((part) => part.stop()))
    throw error
  }
}

async function welcome(): Promise<void> {
  const { row } = await import('../../platform/db.ts')
  const users = await row<{ isEmpty: boolean }>({}, 'SELECT NOT EXISTS (SELECT FROM users) AS "isEmpty"')
  if (!users?.isEmpty) return
  process.stdout.write(
    "Nobody has an account yet. Make the owner's, in another terminal:\n" +
      '  npm run kith -- accounts create NAME --email you@example.org --role owner --confirmed\n',
  )
}

const oldestPostgres = 140_000

async function assertPostgres(): Promise<void> {
  const { row } = await import('../../platform/db.ts')
  const found = await row<{ number: number; version: string }>(
    {},
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  )
  if (found!.number < oldestPostgres)
    throw new Stop(`Kith needs PostgreSQL 14 or newer; DATABASE_URL leads to ${found!.version}.`)
}

/**
 * Loading and migrating leaves some 90 MB of garbage, which V8 would hold for as long as nothing else wants the room. The last
 * resort, unlike an ordinary collection, gives freed pages back to the system at once.
 */
function tidy(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  setFlagsFromString('--no-expose-gc')
}

/** Migrates, runs the parts of this process's role until `stopped` resolves, and ends them gracefully. */
export async function start(stopped: Promise<unknown>): Promise<void> {
  const { instance } = await import('../../config/instance.ts')
  const { migrate } = await import('../../platform/migrate.ts')
  await assertPostgres()
  await migrate()
  const { redisExposure } = await import('../../platform/redis-exposure.ts')
  const exposure = await redisExposure()
  if (exposure) say(exposure)
  const { fixOrigin } = await import('../../core/instances/fix-origin.ts')
  await fixOrigin(instance)
  const parts = await startParts(instance).catch((error: NodeJS.ErrnoException) => {
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
  const { log } = await import('../../platform/log.ts')
  log.level = 'silent'
}
