import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { choosePort } from './choose-port.mjs'
import { installPackages } from './install.mjs'
import { keepAlive } from './keep-alive.mjs'
import { isOutside } from './outside.mjs'
import { dataFolder, makeDataFolder, makePlace } from './place.mjs'
import { cache, inProject } from './project.mjs'
import { onCurrentNode } from './runtime.mjs'
import { explain, Stop } from './say.mjs'
import { enter } from './services.mjs'

/** Everything is over ten seconds after SIGTERM: this is what the application has of them. */
const patience = { start: 8500, other: 2000 }

/** Runs one command line from a bare clone: packages, Node, services, and then Kith itself. */
export async function main(argv) {
  // Whoever reads the first lines and goes away does not end the server.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  process.exit(await launch(argv).catch(explain))
}

async function launch(argv) {
  if (process.platform === 'win32')
    throw new Stop('Kith runs on Linux and macOS; on Windows, use WSL or Docker.')
  const isDevelopment = argv[0] === 'dev'
  if (!isDevelopment) readDotEnv()
  installPackages({ withTools: isDevelopment, mayReplace: ['dev', 'start', 'install'].includes(argv[0]) })
  if (argv[0] === 'install') return 0
  const code = await onCurrentNode(argv)
  if (code !== undefined) return code
  module.enableCompileCache?.(cache('compiled'))
  if (!isDevelopment) return serve(argv)
  const { develop } = await import('./dev.mjs')
  return develop(argv.slice(1))
}

function readDotEnv() {
  const file = inProject('.env')
  if (process.env.NODE_ENV !== 'production' && existsSync(file)) process.loadEnvFile?.(file)
}

const needsNothing = (argv) =>
  argv.length === 0 || argv.some((arg) => ['help', '--help', '-h', '--version', '-V'].includes(arg))

/** Runs Kith's command line in this process, with the services it needs around it. */
async function serve(argv) {
  process.env.KITH_DATA = dataFolder()
  if (needsNothing(argv)) return runCli(argv, never)
  const signal = firstSignal()
  const wanted = [
    ...((await isOutside('DATABASE_URL')) ? [] : ['postgres']),
    ...((await isOutside('REDIS_URL')) ? [] : ['redis']),
  ]
  if (wanted.length > 0) return serveWith(wanted, argv, signal)
  makeDataFolder(dataFolder())
  return untilStopped(argv, signal)
}

async function serveWith(wanted, argv, signal) {
  const isServer = argv[0] === 'start'
  const role = isServer ? process.env.KITH_ROLE?.trim() || 'all' : undefined
  const services = await enter(makePlace(dataFolder()), { wanted, role })
  process.once('exit', services.abandon)
  if (wanted.includes('postgres')) process.env.DATABASE_URL = services.databaseUrl
  if (wanted.includes('redis')) process.env.REDIS_URL = services.redisUrl
  const stopLooking = isServer ? keepAlive(services) : () => undefined
  void signal.promise.then(stopLooking)
  void signal.promise.then(services.announceLeave)
  try {
    return await untilStopped(argv, signal)
  } finally {
    stopLooking()
    await services.leave()
    process.off('exit', services.abandon)
  }
}

const never = new Promise(() => undefined)

async function runCli(argv, stopped) {
  await choosePort()
  const { run } = await import('../../cli/main.ts')
  const begin = async () => (await import('./start.mts')).start(stopped)
  return (await run(argv, begin)) || (process.exitCode ?? 0)
}

/** Kith ends by itself on a signal; when it does not in time, it is left behind. */
async function untilStopped(argv, signal) {
  if (signal.name) return 128 + constants.signals[signal.name]
  const cli = runCli(argv, signal.promise)
  const late = signal.promise.then(async (name) => {
    await delay(argv[0] === 'start' ? patience.start : patience.other)
    return 128 + constants.signals[name]
  })
  return Promise.race([cli, late])
}

/** Listens for SIGTERM, SIGINT and SIGHUP from now on, so that none of them ends this process before its services. */
function firstSignal() {
  const signal = { name: undefined }
  signal.promise = new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      process.on(name, () => {
        signal.name ??= name
        resolve(name)
      })
    }
  })
  return signal
}
