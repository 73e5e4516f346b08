import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { inProject } from './project.mjs'
import { Stop } from './say.mjs'
import { handTo, serviceUserFor } from './service-user.mjs'

/** A socket's path has at most 103 bytes on macOS (107 on Linux); the longest name in the folder is `.s.PGSQL.5432.lock`. */
const longestFolder = 84

/** Makes a folder that is its owner's alone; one that somebody else made is refused. */
function makePrivate(path, user) {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const { uid } = lstatSync(path)
  const allowed = [process.getuid(), user?.uid]
  if (!lstatSync(path).isDirectory() || !allowed.includes(uid)) {
    throw new Stop(
      `${path} belongs to somebody else: start Kith as its owner, or set KITH_DATA to a folder of your own.`,
    )
  }
  chmodSync(path, 0o700)
  handTo(user, path)
  return path
}

/** Sockets lie in the data folder, or in a private folder named after it where that path would be too long. */
function socketFolder(data) {
  const folder = join(data, 'run')
  if (Buffer.byteLength(folder) <= longestFolder) return folder
  const name = createHash('sha256').update(data).digest('hex').slice(0, 12)
  return join(tmpdir(), `kith-${process.getuid()}-${name}`)
}

/** Names everything that lies in a data folder. */
export const placeAt = (data) => ({
  data,
  postgres: join(data, 'postgres'),
  redis: join(data, 'redis'),
  run: join(data, 'run'),
  users: join(data, 'run', 'users'),
  sockets: socketFolder(data),
  logs: join(data, 'log'),
})

/** The data folder of KITH_DATA, or `data` in the clone. */
export const dataFolder = () =>
  process.env.KITH_DATA?.trim() ? resolve(process.env.KITH_DATA.trim()) : inProject('data')

function orSay(data, work) {
  try {
    return work()
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
    throw new Stop(
      `the data folder ${data} cannot be used (${error.code}): set KITH_DATA to a folder that you may write.`,
    )
  }
}

/** Makes the data folder alone, for an instance whose services are elsewhere. */
export const makeDataFolder = (data) => orSay(data, () => mkdirSync(data, { recursive: true, mode: 0o700 }))

/** Makes the folders of a data folder, closed to others, and says who runs the services there. */
export const makePlace = (data) =>
  orSay(data, () => {
    makeDataFolder(data)
    const place = placeAt(data)
    const user = serviceUserFor(data)
    for (const folder of [data, place.run, place.users, place.logs, place.redis, place.sockets])
      makePrivate(folder, user)
    return { ...place, user }
  })
