import { readdir, readFile, readlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { row } from '#platform/db'

/** The most that one of some processes took of what must stay bounded, in MB and counts. */
export type Strain = { memory: number; sockets: number; connections: number }

/** Looks every second what these processes take, until it is stopped. */
export function watchStrain(pids: readonly number[]): { strain: Strain; stop(): Promise<void> } {
  const strain: Strain = { memory: 0, sockets: 0, connections: 0 }
  let isStopped = false
  const look = async (): Promise<void> => {
    const sums = await Promise.all(pids.map(memoryOf))
    const found = await row<{ many: number }>({}, 'SELECT count(*)::int AS many FROM pg_stat_activity')
    strain.memory = Math.max(strain.memory, ...sums)
    strain.sockets = Math.max(strain.sockets, ...(await Promise.all(pids.map(socketsOf))))
    strain.connections = Math.max(strain.connections, found?.many ?? 0)
  }
  const running = (async () => {
    while (!isStopped) {
      await look()
      await sleep(1000)
    }
  })()
  return {
    strain,
    stop: async () => {
      isStopped = true
      await running
    },
  }
}

async function memoryOf(pid: number): Promise<number> {
  return Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

async function socketsOf(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`
  const links = await Promise.all(
    (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  )
  return links.filter((each) => each.startsWith('socket:')).length
}
