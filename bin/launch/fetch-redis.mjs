import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cache, findProgram } from './project.mjs'
import { say, Stop } from './say.mjs'

const run = (program, args, options = {}) =>
  spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    ...options,
  })

/** The command that installs Redis, by the package manager that is there. */
const commands = [
  ['apt-get', 'sudo apt-get install -y redis-server'],
  ['dnf', 'sudo dnf install -y valkey'],
  ['pacman', 'sudo pacman -S --noconfirm valkey'],
  ['zypper', 'sudo zypper install -y redis'],
  ['apk', 'sudo apk add redis'],
  ['brew', 'brew install redis'],
]

const missing = () => {
  const [, command = 'the package manager of this machine'] =
    commands.find(([manager]) => findProgram(manager)) ?? []
  return new Stop(
    `Kith needs Redis and could not get it by itself: install it with \`${command}\`, or set REDIS_URL to one of yours.`,
  )
}

/** As root: the distribution's package with the program, without the one that would start a second, public server. */
function installPackage() {
  const install = () =>
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'redis-tools']).status === 0
  return install() || (run('apt-get', ['update', '-q']).status === 0 && install())
}

/** Names of the packages that redis-tools would bring onto this machine, itself among them. */
function packagesWanted(lists) {
  const { status, stdout } = run('apt-get', [
    ...lists,
    '-s',
    '-o',
    'Debug::NoLocking=1',
    'install',
    '--no-install-recommends',
    'redis-tools',
  ])
  return status === 0 ? [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]) : []
}

/** Without root: the same packages, downloaded with package lists of our own and unpacked into node_modules. */
function unpackPackages() {
  const work = cache('redis.new')
  rmSync(work, { recursive: true, force: true })
  for (const folder of ['lists/partial', 'archives/partial', 'root'])
    mkdirSync(join(work, folder), { recursive: true })
  const own = ['-o', `Dir::State::Lists=${work}/lists`, '-o', `Dir::Cache=${work}`]
  try {
    const lists = packagesWanted([]).length > 0 ? [] : own
    if (lists === own && run('apt-get', [...own, '-q', 'update']).status !== 0) return false
    const wanted = packagesWanted(lists)
    const downloaded = run('apt-get', [...lists, '-o', `Dir::Cache=${work}`, '-q', 'download', ...wanted], {
      cwd: work,
    })
    if (wanted.length === 0 || downloaded.status !== 0) return false
    const archives = readdirSync(work).filter((name) => name.endsWith('.deb'))
    if (archives.some((name) => run('dpkg', ['-x', join(work, name), join(work, 'root')]).status !== 0))
      return false
    rmSync(cache('redis'), { recursive: true, force: true })
    renameSync(join(work, 'root'), cache('redis'))
    return existsSync(cache('redis', 'usr', 'bin', 'redis-check-rdb'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Gets a Redis server onto this machine. Throws a Stop that names the command which installs one. */
export function fetchRedis() {
  if (findProgram('apt-get') && findProgram('dpkg')) {
    say('getting Redis from the distribution (once)')
    if ((process.getuid() === 0 && installPackage()) || unpackPackages()) return
  } else if (findProgram('brew')) {
    say('installing Redis with Homebrew (once)')
    if (run('brew', ['install', 'redis']).status === 0) return
  }
  throw missing()
}
