import { realpathSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { Invalid, Unavailable } from './errors.ts'
import { createSlots } from './http-slots.ts'
import { inJobFolder } from './job-folder.ts'
import { log } from './log.ts'
import type { MediaOutcome, MediaTask } from './media-tasks.ts'
import { type Confined, type Ended, type Level, levels, runConfined } from './sandbox.ts'

const project = dirname(import.meta.dirname)
const own = ['platform', 'config', 'package.json', 'node_modules'].map((name) => join(project, name))
const code = [...new Set([...own, ...own.map((path) => realpathSync(path))])]
const MIB = 1_048_576
/** Node itself reserves about 640 MiB of address space; what a picture or a video may use comes on top. */
const NODE = 640 * MIB
const PATIENCE = 120_000

const places = createSlots(Math.max(2, availableParallelism()))
const placesOf = createSlots(2)

type Whose = { owner: string; isOwn: boolean }

/**
 * Does a task on a file of a stranger in a confined process of its own, and gives what was made in `folder`. The
 * input must lie there. At most two at a time for one `owner`. What is `isOwn`, a member's, may take ten minutes when it is
 * a video or sound; what others sent half a minute of CPU, whatever it is. Throws Invalid when the file cannot be read or is more
 * than its bounds allow, Unavailable when all places were taken for too long.
 */
export async function runMediaTask(
  task: MediaTask,
  folder: string,
  { owner, isOwn }: Whose,
): Promise<MediaOutcome> {
  const patience = AbortSignal.timeout(PATIENCE)
  const free = await Promise.resolve(placesOf(owner, patience)).catch(busy)
  try {
    const leave = await Promise.resolve(places('all', patience)).catch(busy)
    try {
      return await attempt((await workshop()).level, task, folder, isOwn)
    } finally {
      leave()
    }
  } finally {
    free()
  }
}

const busy = (error: unknown): never => {
  throw new Unavailable('Too many media are being processed', { cause: error })
}

// Seconds for a program and for all of them.
const SHORT = { cpuSeconds: 30, wallSeconds: 60 }
const LONG = { cpuSeconds: 600, wallSeconds: 600 }

async function attempt(level: Level, task: MediaTask, folder: string, isOwn: boolean): Promise<MediaOutcome> {
  const isTimed = task.do === 'attachment' && (task.type.kind !== 'image' || task.type.demuxer !== undefined)
  const programs = task.do === 'attachment' ? Object.values(task.programs ?? {}) : []
  const input = join(folder, task.input)
  const bounds = isTimed && isOwn ? LONG : SHORT
  const ended = await runConfined(level, worker({ ...task, input }, folder, bounds, programs))
  const said = verdict(ended)
  if ('refused' in said && typeof said.refused === 'string') throw new Invalid(said.refused)
  return checked(said.outcome, folder)
}

const worker = (task: object, folder: string, bounds: typeof SHORT, programs: string[]): Confined => {
  const reads = [...code, process.execPath, ...programs]
  const may = reads.map((path) => `--allow-fs-read=${path}`)
  const flags = ['--no-warnings', '--permission', '--allow-addons', '--allow-child-process', ...may]
  const access = [`--allow-fs-read=${folder}`, `--allow-fs-write=${folder}`]
  return {
    command: [process.execPath, ...flags, ...access, join(project, 'platform/media-worker.ts')],
    folder,
    reads,
    stdin: JSON.stringify({ task, folder }),
    ...bounds,
    memoryBytes: NODE + 512 * MIB,
    fileBytes: 1024 * MIB,
  }
}

/** What it did not survive is the file's doing; what it could not start with is ours, and may go better next time. */
function verdict({ code, signal, stdout, stderr }: Ended): Record<string, unknown> {
  if (code === 0) return JSON.parse(stdout) as Record<string, unknown>
  log.info({ code, signal, stderr: stderr.slice(-2000) }, 'a media task did not end well')
  if (signal || (code ?? 0) >= 128) throw new Invalid('The file is more than this server can process.')
  throw new Error(`the media worker ended with code ${code}`)
}

const name = /^[a-z]+\.[a-z0-9]{2,4}$/
const kinds = ['image', 'gifv', 'video', 'audio'] as const

/** The worker may have been taken over: names that are not plain, or links to other files, are not accepted. */
async function checked(said: unknown, folder: string): Promise<MediaOutcome> {
  const outcome = said as MediaOutcome
  if (!kinds.includes(outcome.kind) || typeof outcome.meta !== 'object')
    throw new Error('the media worker lied')
  for (const file of [outcome.original, outcome.small, outcome.still]) {
    if (file === undefined) continue
    if (!name.test(file) || !(await lstat(join(folder, file))).isFile())
      throw new Error('the media worker lied')
  }
  return outcome
}

/** How media tasks are confined on this machine, and with what they are decoded: libraries and their versions. */
export type Workshop = { level: Level; libraries: Record<string, string> }

let found: Promise<Workshop> | undefined

/** Finds the best confinement that this machine allows, by trying; once. Throws Unavailable when none works. */
export function workshop(): Promise<Workshop> {
  found ??= findWorkshop()
  // What failed under load may go well the next time.
  found.catch(() => (found = undefined))
  return found
}

async function findWorkshop(): Promise<Workshop> {
  for (const level of levels) {
    if (level === 'user' && process.getuid?.() !== 0) continue
    const ended = await inJobFolder((folder) =>
      runConfined(level, worker({ do: 'report' }, folder, SHORT, [])),
    ).catch(() => undefined)
    if (ended?.code !== 0) continue
    const { libraries } = JSON.parse(ended.stdout) as Pick<Workshop, 'libraries'>
    return { level, libraries }
  }
  throw new Unavailable('The media worker does not start')
}
