import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { alone } from './lock.mjs'
import { databaseUrl, postgres } from './postgres.mjs'
import { answers, beginningOf, end, record, running, until } from './processes.mjs'
import { redis } from './redis.mjs'
import { Stop } from './say.mjs'

const noteOf = (place, service) => join(place.run, `${service.file}.json`)
const seatOf = (place, pid = process.pid) => join(place.users, `${pid}.json`)

/** Every other live process that uses the services of this data folder; what dead ones left is swept away. */
const others = (place) =>
  readdirSync(place.users)
    .map((name) => running(join(place.users, name)))
    .filter((user) => user && user.pid !== process.pid)

const rivalOf = (place, role) =>
  others(place).find((user) => role && user.role && (user.role === role || [user.role, role].includes('all')))

function assertFree(place, role) {
  const rival = rivalOf(place, role)
  if (rival) {
    throw new Stop(
      `Kith already runs on ${place.data} (process ${rival.pid}): stop that one first, or start this one with another KITH_DATA and PORT.`,
    )
  }
}

/** Starts one service, or finds it running, and waits until it answers. */
async function provide(place, service, options) {
  const known = running(noteOf(place, service))
  // One that was told to end answers for a moment longer; whoever told it may be gone since.
  if (known?.isEnding) await end(known, service.stop[0], 6000, service.stop[1])
  else if (known) {
    if (await until(() => answers(service.socket(place)), 15_000)) return service.ready(place)
    await end(known, service.stop[1], 5000)
  }
  const child = service.start(place, options)
  const failure = new Promise((_, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Stop(`${service.name} did not start: ${service.complaint(place)}`)))
  })
  record(noteOf(place, service), child.pid)
  await Promise.race([service.ready(place), failure])
  failure.catch(() => undefined)
}

/**
 * Takes a seat at the services of a data folder: starts those that do not run yet, and gives their addresses and
 * `leave`, which stops them when nobody else is seated. `role` says that this process is a Kith server, of which there is one
 * of each role.
 */
export async function enter(place, { wanted, role, options = {} }) {
  const services = wanted.map((name) => ({ postgres, redis })[name])
  // Whoever is on the way out needs ten seconds at most, and the lock for that.
  await until(() => !rivalOf(place, role)?.isLeaving, 15_000)
  await alone(place, async () => {
    assertFree(place, role)
    record(seatOf(place), process.pid, { role })
    try {
      await Promise.all(services.map((service) => provide(place, service, options[service.file])))
    } catch (error) {
      await vacate(place, services)
      throw error
    }
  })
  return {
    databaseUrl: databaseUrl(place.sockets),
    redisUrl: redis.socket(place),
    /** Tells whoever starts meanwhile that this process is on its way out, and worth waiting for. */
    announceLeave: () => record(seatOf(place), process.pid, { role, isLeaving: true }),
    leave: () => alone(place, () => vacate(place, services)),
    abandon: () => abandon(place, services),
    /** The services that have ended although this process still sits here. */
    dead: () => services.filter((service) => !running(noteOf(place, service))),
    restart: (service) => alone(place, () => provide(place, service, options[service.file])),
  }
}

async function vacate(place, services) {
  rmSync(seatOf(place), { force: true })
  if (others(place).length > 0) return
  await Promise.all(services.map((service) => halt(place, service)))
}

async function halt(place, service) {
  const note = noteOf(place, service)
  const known = running(note)
  if (known) {
    record(note, known.pid, { isEnding: true })
    await end(known, service.stop[0], 6000, service.stop[1])
  }
  rmSync(note, { force: true })
}

/** As leaving, for a process that ends this very moment: asks the services to stop and does not wait. */
function abandon(place, services) {
  rmSync(seatOf(place), { force: true })
  if (others(place).length > 0) return
  for (const service of services) {
    const known = running(noteOf(place, service))
    if (!known) continue
    record(noteOf(place, service), known.pid, { isEnding: true })
    if (beginningOf(known.pid)) process.kill(known.pid, service.stop[0])
  }
}

/** Ends the services that a process which is gone has left in a data folder; false when somebody still uses them. */
export async function sweep(place) {
  if (others(place).length > 0) return false
  await Promise.all([postgres, redis].map((service) => halt(place, service)))
  return true
}
