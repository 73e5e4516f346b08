import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { freePort, KithProcess } from '#test/support/kiths'

/** Starts a Kith on the stores of this bench, for HTTP only, with what else it is told. */
export async function startWeb(more: NodeJS.ProcessEnv = {}): Promise<KithProcess> {
  const port = await freePort()
  const env = { ...process.env, NODE_ENV: 'production', KITH_ROLE: 'web', PORT: String(port), ...more }
  const kith = new KithProcess(`http://localhost:${port}`, env, () => Promise.resolve())
  await kith.start()
  // Also when the bench fails half-way.
  process.once('exit', () => void kith.end('SIGKILL'))
  return kith
}

/** Starts a server of this folder to compare with, which tells its port. Gives its address. */
export async function startChild(
  name: string,
  ...args: string[]
): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(new URL(name, import.meta.url).pathname, args)
  process.once('exit', () => child.kill())
  const [port] = (await once(child, 'message')) as [number]
  return { url: `http://127.0.0.1:${port}`, child }
}

/** The middle one of some numbers. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
