import cluster from 'node:cluster'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { say } from './say.mjs'
import type { Told } from './web-process.mts'

const settings = { exec: fileURLToPath(new URL('web-process.mts', import.meta.url)) }
const environment = { KITH_ROLE: 'web', KITH_WEB_PROCESSES: '1' }

/**
 * Runs `count` processes that answer HTTP on one port, and replaces one that ends by itself. Gives, like a server of this
 * process, its address and how to stop.
 */
export async function startWebProcesses(count: number): Promise<{ url: string; stop(): Promise<void> }> {
  cluster.setupPrimary(settings)
  let isStopping = false
  const begin = async (): Promise<string> => {
    const child = cluster.fork(environment)
    const url = new Promise<string>((resolve, reject) => {
      child.on('message', (told: Told) =>
        'ready' in told ? resolve(told.ready) : reject(new Error(told.failure)),
      )
      child.on('exit', (code) =>
        reject(new Error(`a web process ended with code ${code} before it listened`)),
      )
    })
    const first = await url
    child.on('exit', (code, signal) => {
      if (isStopping) return
      say(`a web process ended (${signal ?? code}); starting another`)
      begin().catch((error: Error) => isStopping || say(error.message))
    })
    return first
  }
  const [url] = await Promise.all(Array.from({ length: count }, begin))
  return {
    url: url!,
    async stop() {
      isStopping = true
      const children = Object.values(cluster.workers ?? {}).filter((child) => child !== undefined)
      const gone = children.map((child) => once(child, 'exit'))
      for (const child of children) child.send('stop')
      await Promise.all(gone)
    },
  }
}
