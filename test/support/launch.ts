import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { beginningOf } from '../../bin/launch/processes.mjs'

const kith = new URL('../../bin/kith', import.meta.url).pathname

/** A running launcher and all that it has said. */
export type Launched = { child: ChildProcess; said: () => string }

/** Runs the launcher as somebody who has set no variables but these. */
export function launch(words: string[], more: NodeJS.ProcessEnv = {}): Launched {
  const env = {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    KITH_LOG: 'error',
  }
  const child = spawn(process.execPath, [kith, ...words], {
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)))
  return { child, said: () => output }
}

/** Waits until it has ended and gives its exit code. */
export async function ended({ child }: Launched): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

/** Whether a process is there; one that is dead and only waits to be buried is not. */
export const isRunning = (pid: number): boolean => beginningOf(pid) !== undefined
