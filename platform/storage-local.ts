import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, opendir, rename, rm, stat, statfs } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname, join, relative } from 'node:path'
import { codeOf, NotFound, Unavailable } from './errors.ts'
import { isKey, type Store } from './storage-keys.ts'

/**
 * Files in a folder of this machine. A file comes under its name by a rename, after its bytes have reached the disk:
 * nobody ever sees half of one, also after a power cut.
 */
export function localStore(root: string): Store {
  const pathOf = (key: string): string => {
    if (!isKey(key)) throw new NotFound()
    return join(root, key)
  }
  return {
    put: (key, path) => told(() => place(path, pathOf(key))),
    size: (key) => told(() => sizeOf(pathOf(key))),
    read: (key, part) =>
      told(async () => {
        const file = await open(pathOf(key))
        return createReadStream('', { fd: file, ...part })
      }),
    save: (key, path) => told(() => copyFile(pathOf(key), path)),
    remove: (keys) =>
      told(async () => void (await Promise.all(keys.map((key) => rm(pathOf(key), { force: true }))))),
    assertRoom: () => told(() => assertRoom(root)),
    list: (shelf, before) => walk(root, join(root, shelf), before),
  }
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const near = `${to}.${randomUUID()}.part`
  try {
    await copyFile(from, near)
    const file = await open(near, 'r+')
    await file.sync().finally(() => file.close())
    await rename(near, to)
  } catch (error) {
    await rm(near, { force: true })
    throw error
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function assertRoom(root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const { bavail, blocks } = await statfs(root)
  if (bavail < blocks / 20) throw new Unavailable('There is no room for more media')
}

/** Half-written files of a process that died are found here too, and their names are no keys. */
async function* walk(root: string, folder: string, before: Date): AsyncGenerator<string> {
  const exists = await stat(folder).catch(() => undefined)
  if (!exists) return
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const found = await stat(path).catch(() => undefined)
    if (!found || found.mtime >= before) continue
    if (entry.name.endsWith('.part')) await rm(path, { force: true })
    else yield relative(root, path)
  }
}

const ours = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'EACCES', 'EPERM'])

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = codeOf(error) ?? ''
    if (code === 'ENOENT') throw new NotFound(undefined, { cause: error })
    if (ours.has(code)) throw new Unavailable('Media cannot be stored at the moment', { cause: error })
    throw error
  }
}
