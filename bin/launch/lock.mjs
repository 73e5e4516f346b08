import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginningOf, running, until } from './processes.mjs'
import { Stop } from './say.mjs'

function take(file) {
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) }), {
      flag: 'wx',
      mode: 0o600,
    })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  // Moved away first, so that of two who find a dead holder's file only one removes it.
  const aside = `${file}.${process.pid}`
  if (!running(file)) renameQuietly(file, aside)
  rmSync(aside, { force: true })
  return false
}

function renameQuietly(from, to) {
  try {
    renameSync(from, to)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
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
