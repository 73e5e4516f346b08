import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { linkPostgresLibraries, postgresHome } from './install.mjs'
import { beginningOf, endOf, spawnService, until } from './processes.mjs'
import { say, Stop } from './say.mjs'
import { asServiceUser, handTo } from './service-user.mjs'

/** Small enough for a laptop, safe for a community; written to postgresql.conf, where the operator may change it. */
const settings = {
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  max_connections: '100',
  max_worker_processes: '2',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '2',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
}

const asArguments = (options) =>
  Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
const program = (name) => join(postgresHome(), 'bin', name)

function assertBinaries() {
  if (existsSync(program('postgres'))) return linkPostgresLibraries()
  throw new Stop(
    `npm has no PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL (14 or newer) of your own.`,
  )
}

/** Makes an empty cluster beside its place and moves it there whole, so that an interrupted start leaves no half of one. */
function makeCluster(place, extra) {
  const unfinished = `${place.postgres}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  handTo(place.user, unfinished)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const options = [
    '-D',
    unfinished,
    '-U',
    'kith',
    '-A',
    'trust',
    ...locale,
    ...asArguments(settings),
    ...extra,
  ]
  const { file, args, ...identity } = asServiceUser(program('initdb'), options, place.user)
  const { status, stderr, error } = spawnSync(file, args, { ...identity, cwd: '/', encoding: 'utf8' })
  if (status !== 0)
    throw new Stop(
      `PostgreSQL could not make its files in ${place.postgres}: ${error?.message ?? stderr.trim()}`,
    )
  renameSync(unfinished, place.postgres)
}

function assertVersion(place) {
  const made = readFileSync(join(place.postgres, 'PG_VERSION'), 'utf8').trim()
  const ours = spawnSync(program('postgres'), ['--version'], { encoding: 'utf8' }).stdout?.match(/\d+/)?.[0]
  if (!ours || made === ours) return
  throw new Stop(
    `${place.postgres} was made by PostgreSQL ${made} and this Kith brings ${ours}: see docs/operating.md, "A new PostgreSQL".`,
  )
}

/** PostgreSQL believes a process id in its own lock file; after a crash another program may have that id. */
function clearStaleLock(place) {
  const file = join(place.postgres, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const isPostgres = process.platform !== 'linux' || nameOf(pid).includes('postgres')
  if (!beginningOf(pid) || !isPostgres) rmSync(file)
}

const nameOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** The address of one database of the PostgreSQL behind a socket folder. */
export const databaseUrl = (sockets, name = 'kith') =>
  `postgresql://kith@localhost/${name}?host=${encodeURIComponent(sockets)}`

const socketOf = (place) => join(place.sockets, '.s.PGSQL.5432')

async function connectTo(place, database) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ host: place.sockets, user: 'kith', database })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Waits until PostgreSQL takes queries, and makes the database `kith` when it is not there. */
async function assertDatabase(place) {
  const client = await until(() => connectTo(place, 'postgres').catch(() => undefined), 60_000)
  if (!client)
    throw new Stop(`PostgreSQL does not answer on ${socketOf(place)}: see ${place.logs}/postgres.log.`)
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'kith'")
  if (rowCount === 0) await client.query('CREATE DATABASE kith')
  await client.end()
}

/** The embedded PostgreSQL: on a unix socket only, which nobody but its owner can reach. */
export const postgres = {
  name: 'PostgreSQL',
  file: 'postgres',
  socket: socketOf,
  /** A fast shutdown ends sessions and writes everything down; an immediate one leaves recovery to the next start. */
  stop: ['SIGINT', 'SIGQUIT'],
  start(place, { initdb = [], server = {} } = {}) {
    assertBinaries()
    if (!existsSync(place.postgres)) {
      if (initdb.length === 0) say('making the database (once)')
      makeCluster(place, initdb)
    }
    assertVersion(place)
    clearStaleLock(place)
    const options = {
      listen_addresses: '',
      unix_socket_directories: place.sockets,
      unix_socket_permissions: '0700',
      ...server,
    }
    const args = ['-D', place.postgres, ...asArguments(options)]
    return spawnService({
      program: program('postgres'),
      args,
      log: join(place.logs, 'postgres.log'),
      user: place.user,
    })
  },
  ready: assertDatabase,
  complaint: (place) => endOf(join(place.logs, 'postgres.log')),
}
