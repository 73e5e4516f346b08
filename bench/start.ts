import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Measure } from './support/measure.ts'

const project = new URL('..', import.meta.url).pathname
const { DATABASE_URL: _, REDIS_URL: __, ...environment } = process.env

/** `npm start` in a data folder of its own, and how many milliseconds pass until the ready line. */
async function startIn(data: string): Promise<{ npm: ChildProcess; milliseconds: number }> {
  const began = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: project,
    env: { ...environment, KITH_DATA: data, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    npm.stdout?.on('data', (text) => String(text).includes('Kith is ready') && resolve())
    npm.on('exit', () => reject(new Error('Kith ended before it was ready')))
  })
  return { npm, milliseconds: performance.now() - began }
}

async function stop(npm: ChildProcess): Promise<number> {
  const began = performance.now()
  const gone = once(npm, 'exit')
  npm.kill('SIGTERM')
  await gone
  return performance.now() - began
}

const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

/** Proportional memory of a process, of everything below it, and of the services over its data folder, in MB. */
async function memoryOf(root: number, data: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = await Promise.all(
    pids.map(async (pid) => ({
      pid: Number(pid),
      parent: Number((await read(`/proc/${pid}/stat`)).split(') ').at(-1)?.split(' ')[1]),
      isService: (await read(`/proc/${pid}/cmdline`)).includes(data),
      kilobytes: Number(/^Pss:\s+(\d+)/m.exec(await read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
    })),
  )
  const counted = new Set([root, ...all.filter(({ isService }) => isService).map(({ pid }) => pid)])
  for (let before = 0; before !== counted.size;) {
    before = counted.size
    for (const { pid, parent } of all) if (counted.has(parent)) counted.add(pid)
  }
  return all.filter(({ pid }) => counted.has(pid)).reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024
}

/** How fast `npm start` is the second time, what everything it runs weighs when idle, and how fast it ends. */
export async function measure(): Promise<Measure[]> {
  const data = await mkdtemp(join(tmpdir(), 'kith-bench-'))
  const first = await startIn(data)
  await stop(first.npm)
  const second = await startIn(data)
  await delay(30_000)
  const memory = await memoryOf(second.npm.pid ?? 0, data)
  const end = await stop(second.npm)
  await rm(data, { recursive: true, force: true })
  return [
    { what: 'first start, packages installed', value: first.milliseconds / 1000, unit: 's' },
    { what: 'second start', value: second.milliseconds / 1000, unit: 's', atMost: 5 },
    { what: 'idle memory of all processes (PSS)', value: memory, unit: 'MB', atMost: 350 },
    { what: 'end after SIGTERM', value: end / 1000, unit: 's', atMost: 10 },
  ]
}
