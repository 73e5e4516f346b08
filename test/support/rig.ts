import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { type BreakableServices, startBreakableServices } from '../../bin/launch/breakable-services.mjs'
import { freePort, KithProcess } from './kiths.ts'
import { type StubServer, startStub } from './stub-server.ts'

/**
 * A Kith in several processes, with a PostgreSQL and a Redis that can be broken, and another server beside it. The web
 * process is `web`; without workers of their own it does everything.
 */
export type Rig = {
  services: BreakableServices
  web: KithProcess
  workers: KithProcess[]
  stub: StubServer
  /** Another process of this instance, on a port of its own; it is for the caller to start and to end. */
  beside(role: string, more?: NodeJS.ProcessEnv): Promise<KithProcess>
  /** Asks the database beside Kith. */
  ask<T extends object>(sql: string, values?: unknown[]): Promise<T[]>
  remove(): Promise<void>
}

/** Starts one with so many worker processes. */
export async function startRig(workers = 0, more: NodeJS.ProcessEnv = {}): Promise<Rig> {
  const [services, stub, port] = await Promise.all([startBreakableServices(), startStub(), freePort()])
  const data = await mkdtemp(join(tmpdir(), 'kith-rig-'))
  const env = {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    PORT: String(port),
    KITH_DATA: data,
    KITH_LOG: 'warn',
    DATABASE_URL: services.database,
    REDIS_URL: services.redis,
    ...more,
  }
  const process_ = (role: string, at = port, more: NodeJS.ProcessEnv = {}) => {
    const origin = `http://localhost:${port}`
    const own = { KITH_ORIGIN: origin, ...env, PORT: String(at), KITH_ROLE: role, ...more }
    return new KithProcess(`http://localhost:${at}`, own, () => Promise.resolve())
  }
  const web = process_(workers > 0 ? 'web' : 'all')
  await web.start()
  const others = Array.from({ length: workers }, () => process_('worker'))
  await Promise.all(others.map((each) => each.start()))
  return {
    services,
    web,
    workers: others,
    stub,
    beside: async (role, more) => process_(role, await freePort(), more),
    ask: (sql, values = []) => ask(services.database, sql, values),
    remove: async () => {
      await Promise.all([web, ...others].map((each) => each.end('SIGKILL')))
      await Promise.all([stub.stop(), services.stop()])
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function ask<T extends object>(database: string, sql: string, values: unknown[]): Promise<T[]> {
  const client = new Client({ connectionString: database })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<T>(sql, values)).rows
  } finally {
    await client.end()
  }
}
