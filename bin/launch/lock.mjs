import { linkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { record, running, until } from './processes.mjs'
import { Stop } from './say.mjs'

/** Takes the lock by linking a finished file to its name, which succeeds for one process alone. */
function take(file) {
  const mine = `${file}.${process.pid}`
  record(mine, process.pid)
  try {
    linkSync(mine, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    // Removes what a process left that died while it held the lock.
    running(file)
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Runs `work` while no other process starts or stops services of the same data folder. */
export async function alone(place, work) {
  const file = join(place.run, 'lock')
  if (!(await until(() => take(file), 120_000))) {
    throw new Stop(
      `another Kith process has been starting or stopping ${place.data} for two minutes: see ${file}.`,
    )
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}
