import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { findProgram } from './project.mjs'
import { say, Stop } from './say.mjs'

const isRoot = () => process.getuid?.() === 0

const accounts = () =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))

const accountNamed = (name) => {
  const found = accounts().find((fields) => fields[0] === name)
  return found && { uid: Number(found[2]), gid: Number(found[3]) }
}

/** PostgreSQL refuses to run as root. Somebody who runs Kith as root gets a system user for the services. */
function someSystemUser() {
  const known = accountNamed('kith') ?? accountNamed('postgres')
  if (known) return known
  const useradd = findProgram('useradd')
  const args = [
    '--system',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    'kith',
  ]
  if (useradd && spawnSync(useradd, args).status === 0) {
    say('made the system user kith: PostgreSQL does not run as root')
    return accountNamed('kith')
  }
  throw new Stop(
    'PostgreSQL does not run as root: start Kith as a normal user, or make a system user named kith.',
  )
}

/**
 * Who runs the services over `folder`: undefined for oneself, a user and group id when Kith runs as root. The owner
 * of what is there already stays the owner.
 */
export function serviceUserFor(folder) {
  if (!isRoot()) return undefined
  const owner = existsSync(folder) ? statSync(folder) : undefined
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : someSystemUser()
}

/** Gives a folder to the service user, when there is one. */
export function handTo(user, ...paths) {
  if (user) for (const path of paths) chownSync(path, user.uid, user.gid)
}

/** The nearest folder above a path that others may not pass. */
function closedFolderAbove(path, user) {
  for (let folder = dirname(path); folder !== '/'; folder = dirname(folder)) {
    const { mode, uid } = statSync(folder)
    if (!(mode & 0o001) && uid !== user.uid) return folder
  }
  return undefined
}

const passing = [
  '--clear-groups',
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
]

/**
 * How to spawn a program as the service user. Below a folder that is closed to others (root's home is) the
 * service gets the one capability to pass it.
 */
export function asServiceUser(program, args, user) {
  if (!user) return { file: program, args }
  const paths = [program, ...args.filter((arg) => arg.startsWith('/'))]
  const closed = paths.map((path) => closedFolderAbove(path, user)).find(Boolean)
  if (!closed) return { file: program, args, ...user }
  const setpriv = findProgram('setpriv')
  if (!setpriv) {
    throw new Stop(
      `${closed} is closed to the user that runs PostgreSQL: move Kith to /opt or /srv, or start it as a normal user.`,
    )
  }
  return { file: setpriv, args: [`--reuid=${user.uid}`, `--regid=${user.gid}`, ...passing, program, ...args] }
}
