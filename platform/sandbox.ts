import { spawn, type ChildProcess } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { lchown, mkdir, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/**
 * How well a program is confined: `namespaces` (no network, and no files but those it was given), `user` (another,
 * powerless user), `limits` (CPU, memory, file size and an empty environment, as everywhere).
 */
export const levels = ['namespaces', 'user', 'limits'] as const
export type Level = (typeof levels)[number]

/** One run of a program. */
export type Confined = {
  command: string[]
  /** The one folder it may write in; it is given to the user that the program runs as. */
  folder: string
  /** Files and folders that it may read, programs and libraries of the system aside. */
  reads: string[]
  stdin: string
  /** Seconds of CPU for each of its processes, and of waiting for all of them. */
  cpuSeconds: number
  wallSeconds: number
  memoryBytes: number
  fileBytes: number
}

/** How a run ended: by itself with `code`, or killed for what it used, by `signal` or with a code of 128 and more. */
export type Ended = { stdout: string; stderr: string; code: number | null; signal: NodeJS.Signals | null }

const script = join(import.meta.dirname, 'sandbox.sh')
const isRoot = process.getuid?.() === 0
const NOBODY = 65_534
// Whoever reads or posts goes before the files of strangers.
const NICE = '10'
const DEVICES = ['/dev/null', '/dev/urandom']
/** Where the loader finds what the programs of the system are linked with. */
const LIBRARIES = [
  '/etc/ld.so.cache',
  '/etc/alternatives',
  '/nix/store',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
]
const OUTPUT = 1_048_576

/**
 * Runs a program that hostile bytes may take over (GTS-3251, CVE-2023-4863): its environment is empty, its CPU time,
 * memory and file sizes are bounded, and on the level `namespaces` it has no network, sees no other process, and
 * finds no file but those of `reads` and `folder`. Whatever it says or leaves behind is still to be distrusted.
 */
export async function runConfined(level: Level, run: Confined): Promise<Ended> {
  await handOver(level, run.folder)
  const places = [
    ...(await readable(run.reads)).map((path) => `ro:${path}`),
    ...DEVICES.map((path) => `dev:${path}`),
  ]
  const inside = level === 'namespaces'
  const user = isRoot && level !== 'limits' ? 'nobody' : '-'
  const bounds = [run.cpuSeconds, run.memoryBytes >> 10, run.fileBytes >> 9].map(String)
  const shell = [
    script,
    ...bounds,
    user,
    inside ? join(run.folder, 'root') : '-',
    ...places,
    `rw:${run.folder}`,
    '--',
  ]
  const mapped = isRoot ? [] : ['--user', '--map-root-user']
  const [program, before] = inside ? ['unshare', [...mapped, ...unshared, '/bin/sh']] : ['/bin/sh', []]
  const child = spawn('nice', ['-n', NICE, program, ...before, ...shell, ...run.command], {
    cwd: run.folder,
    detached: true,
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      TMPDIR: run.folder,
      LANG: 'C.UTF-8',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const clock = setTimeout(() => killAll(child), run.wallSeconds * 1000)
  try {
    return await ended(child, run.stdin)
  } finally {
    clearTimeout(clock)
    killAll(child)
  }
}

async function handOver(level: Level, folder: string): Promise<void> {
  await mkdir(join(folder, 'root'), { recursive: true })
  if (!isRoot || level === 'limits') return
  const within = (await readdir(folder)).map((name) => join(folder, name))
  for (const path of [folder, ...within]) await lchown(path, NOBODY, NOBODY)
}

const unshared = ['--mount', '--pid', '--net', '--ipc', '--uts', '--fork', '--kill-child', '--']

/** The places themselves and what they are links to; what lies in /usr is there anyway. */
async function readable(paths: string[]): Promise<string[]> {
  const all = [...paths, ...(await Promise.all(paths.map((path) => realpath(path))))]
  const wanted = [...new Set(['/usr', ...LIBRARIES.filter(isThere), ...all])]
  return wanted.filter((path) => !wanted.some((other) => path.startsWith(`${other}/`)))
}

/** On today's systems `/bin` and the like are links into `/usr`; the script makes them again. */
const isThere = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === false

async function ended(child: ChildProcess, stdin: string): Promise<Ended> {
  // A program that dies before it has read everything: its end tells, not the broken pipe.
  child.stdin?.on('error', () => undefined).end(stdin)
  const end = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const [how, stdout, stderr] = await Promise.all([end, said(child.stdout, child), said(child.stderr, child)])
  return { ...how, stdout, stderr }
}

/** What it says, up to a bound; whoever says more is ended. */
async function said(stream: ChildProcess['stdout'], child: ChildProcess): Promise<string> {
  let bytes = 0
  stream?.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > OUTPUT) killAll(child)
  })
  return stream ? text(stream) : ''
}

/** It leads a process group of its own: nothing that it started outlives it. */
function killAll(child: ChildProcess): void {
  if (!child.pid) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is empty: everything ended by itself.
  }
}
