import { execFile } from 'node:child_process'
import { access, chmod, constants, copyFile, mkdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { instance } from '#config/instance'
import { objects } from '#config/objects'
import { codeOf, Unavailable } from './errors.ts'

/** Absolute paths of the two programs that read and write video and sound. */
export type MediaPrograms = { ffmpeg: string; ffprobe: string }

const run = promisify(execFile)
let found: Promise<MediaPrograms> | undefined

/**
 * Finds ffmpeg and ffprobe: FFMPEG_PATH and FFPROBE_PATH, then PATH, then the npm packages. The system's come before
 * npm's since they get security updates. Throws Unavailable when there are none; the search is made once.
 */
export function findMediaPrograms(): Promise<MediaPrograms> {
  found ??= Promise.all([locate('ffmpeg', objects.ffmpeg), locate('ffprobe', objects.ffprobe)]).then(
    ([ffmpeg, ffprobe]) => ({ ffmpeg, ffprobe }),
  )
  // A program that is installed while Kith runs is found by the next search.
  found.catch(() => (found = undefined))
  return found
}

async function locate(name: keyof MediaPrograms, configured: string | undefined): Promise<string> {
  const path = configured ?? (await onPath(name)) ?? (await packaged(name))
  if (path && (await isExecutable(path))) return path
  throw new Unavailable(
    `${name} is missing: install it (sudo apt-get install -y ffmpeg) or set ${name.toUpperCase()}_PATH.`,
  )
}

async function onPath(name: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('/bin/sh', ['-c', `command -v ${name}`])
    return stdout.trim() || undefined
  } catch {
    // The shell answers by its exit code that there is none.
    return undefined
  }
}

/**
 * The program of the npm package. One of them is installed as executable for its owner only, and Kith may run, or
 * run it, as somebody else: the mode is widened, or a copy in the data folder is.
 */
async function packaged(name: keyof MediaPrograms): Promise<string | undefined> {
  const path = fromPackage(name)
  if (!path || (await isForAll(path))) return path
  try {
    await chmod(path, 0o755)
    return path
  } catch (error) {
    if (!['EPERM', 'EROFS', 'EACCES'].includes(codeOf(error) ?? '')) throw error
  }
  const copy = join(instance.data, 'bin', name)
  await mkdir(join(instance.data, 'bin'), { recursive: true })
  await copyFile(path, copy)
  await chmod(copy, 0o755)
  return copy
}

function fromPackage(name: string): string | undefined {
  try {
    return (createRequire(import.meta.url)(`@${name}-installer/${name}`) as { path: string }).path
  } catch {
    // Optional packages: not installed, or not made for this machine.
    return undefined
  }
}

const isForAll = async (path: string): Promise<boolean> => ((await stat(path)).mode & 0o005) === 0o005

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
