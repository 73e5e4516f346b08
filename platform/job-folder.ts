import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'kith-job-'

/** Gives `work` an empty folder that only this user can enter, and removes it with all it holds when the work ends. */
export async function inJobFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Removes the folders of jobs that died before they could, untouched since `before`. Gives how many. */
export async function clearJobFolders(before: Date): Promise<number> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX))
  const cleared = await Promise.all(names.map((name) => clear(join(tmpdir(), name), before)))
  return cleared.filter(Boolean).length
}

async function clear(folder: string, before: Date): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined)
  if (!found || found.mtime >= before) return false
  await rm(folder, { recursive: true, force: true })
  return true
}
