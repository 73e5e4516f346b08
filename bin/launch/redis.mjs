import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fetchRedis } from './fetch-redis.mjs'
import { answers, endOf, spawnService, until } from './processes.mjs'
import { cache, findProgram } from './project.mjs'
import { Stop } from './say.mjs'

const unpacked = () => cache('redis', 'usr', 'bin', 'redis-check-rdb')

/**
 * A Redis or Valkey server of this machine, or the one that was fetched earlier. Debian's redis-tools has the
 * server's program under the name of its checker; it becomes the server when it is called so.
 */
export function findRedis() {
  const installed = findProgram('redis-server', 'valkey-server', 'redis-check-rdb', 'valkey-check-rdb')
  if (installed) return { program: asServer(installed), env: {} }
  if (existsSync(unpacked()))
    return { program: asServer(unpacked()), env: { LD_LIBRARY_PATH: libraryPath() } }
  return undefined
}

function asServer(program) {
  if (!basename(program).endsWith('-check-rdb')) return program
  const link = cache('bin', basename(program).replace('check-rdb', 'server'))
  if (existsSync(link) && realpathSync(link) === realpathSync(program)) return link
  mkdirSync(cache('bin'), { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(program, link)
  return link
}

const libraryPath = () => {
  const machine = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch] ?? process.arch
  return ['usr/lib', 'lib'].map((folder) => cache('redis', folder, machine)).join(':')
}

/** As `findRedis`, after getting a server where there is none. Throws a Stop with the command that installs one. */
export function provideRedis() {
  const found = findRedis()
  if (found) return found
  fetchRedis()
  return findRedis()
}

const lasting = ['--appendonly', 'yes', '--appendfsync', 'everysec']

/** Nothing that would empty, reconfigure or copy it away: Kith needs none of that. */
const tame = ['--user', 'default', 'on', 'nopass', '~*', '&*', '+@all', '-@dangerous', '+info', '+config|get']

/** A private Redis: on a unix socket only, keeping what it is told for a restart, never throwing anything away. */
export const redis = {
  name: 'Redis',
  file: 'redis',
  socket: (place) => join(place.sockets, 'redis.sock'),
  stop: ['SIGTERM', 'SIGKILL'],
  start(place, { persistence = lasting, rights = tame } = {}) {
    const socket = ['--port', '0', '--unixsocket', redis.socket(place), '--unixsocketperm', '700']
    const memory = [
      '--save',
      '',
      '--maxmemory-policy',
      'noeviction',
      '--loglevel',
      'warning',
      '--dir',
      place.redis,
    ]
    const args = [...socket, ...memory, ...persistence, ...rights]
    return spawnService({ ...provideRedis(), args, log: join(place.logs, 'redis.log'), user: place.user })
  },
  async ready(place) {
    if (await until(() => answers(redis.socket(place)), 60_000)) return
    throw new Stop(`Redis does not answer on ${redis.socket(place)}: see ${place.logs}/redis.log.`)
  },
  complaint: (place) => endOf(join(place.logs, 'redis.log')),
}
