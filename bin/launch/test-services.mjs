import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePlace, placeAt } from './place.mjs'
import { databaseUrl } from './postgres.mjs'
import { record, running } from './processes.mjs'
import { enter, sweep } from './services.mjs'

export const prefix = 'kith-test-'

/** Rows of a test need not survive a power cut. */
const hasty = {
  initdb: ['--no-sync'],
  server: {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    autovacuum: 'off',
    max_connections: '300',
    shared_buffers: '128MB',
  },
}

/** A temporary folder that the services' own user can reach: TMPDIR, or /tmp where that one is closed to others. */
export const temporary = () =>
  process.getuid() === 0 && !(statSync(tmpdir()).mode & 0o001) ? '/tmp' : tmpdir()

const ownerOf = (folder) => join(folder, 'owner.json')

/** Ends and removes what runs that were killed have left behind. */
async function sweepAll() {
  const folders = readdirSync(temporary()).filter((name) => name.startsWith(prefix))
  for (const folder of folders.map((name) => join(temporary(), name))) {
    if (!isMine(folder) || !existsSync(ownerOf(folder)) || running(ownerOf(folder))) continue
    for (const place of placesIn(folder)) await sweep(place)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Every data folder there and below: a run's own, those of its Redis servers, those that its tests made. */
function placesIn(folder, depth = 4) {
  const place = placeAt(folder)
  const isData = existsSync(place.users)
  if (depth === 0) return isData ? [place] : []
  const below = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !(isData && ['postgres', 'redis'].includes(entry.name)),
  )
  return [...(isData ? [place] : []), ...below.flatMap(({ name }) => placesIn(join(folder, name), depth - 1))]
}

/** Root's folders belong to the services' own user. */
const isMine = (folder) => {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid
  return owner !== undefined && (process.getuid() === 0 || owner === process.getuid())
}

/**
 * Starts a PostgreSQL (unless `withPostgres` is false) and one Redis for each of `workers`, of their own and in a
 * temporary folder: pub/sub has no database numbers, so workers that shared a Redis would hear each other. Two runs at
 * the same time never meet. Gives the addresses, the folder, and `stop`, which leaves nothing behind.
 */
export async function startTestServices(
  workers,
  { withPostgres = true, options = { postgres: hasty } } = {},
) {
  await sweepAll()
  const folder = mkdtempSync(join(temporary(), prefix))
  record(ownerOf(folder), process.pid)
  const memory = { redis: { persistence: ['--appendonly', 'no'], rights: [] } }
  const entered = []
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  const abandon = () => {
    for (const each of entered) each.abandon()
    remove()
  }
  process.once('exit', abandon)
  const place = makePlace(folder)
  if (withPostgres) entered.push(await enter(place, { wanted: ['postgres'], options }))
  const redis = []
  for (let worker = 1; worker <= workers; worker++) redis.push(makePlace(join(folder, `redis-${worker}`)))
  entered.push(
    ...(await Promise.all(redis.map((each) => enter(each, { wanted: ['redis'], options: memory })))),
  )
  return {
    folder,
    database: databaseUrl(place.sockets),
    redis: redis.map((each) => join(each.sockets, 'redis.sock')),
    async stop() {
      await Promise.all(entered.map((each) => each.leave()))
      process.off('exit', abandon)
      remove()
    },
  }
}
