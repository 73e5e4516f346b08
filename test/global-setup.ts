import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startTestServices, type TestServices } from '../bin/launch/test-services.mjs'
import { dropDatabases, templateUrl } from './support/databases.ts'

declare global {
  var testServices: TestServices | undefined
}

/** What a developer's shell may hold and a test must not see. */
const foreign =
  /^(KITH_(?!LOG$|FUZZ_)|S3_|SMTP_|MAIL_FROM$|ELASTICSEARCH_|DATABASE_URL$|REDIS_URL$|PORT$|HOST$|FFMPEG_PATH$|FFPROBE_PATH$)/

/**
 * Before all tests: starts a PostgreSQL and a Redis for each worker, of this run alone, and migrates the database that every
 * worker's own is copied from. TEST_DATABASE_URL (a superuser's) takes another PostgreSQL instead.
 */
export default async function globalSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
  for (const name of Object.keys(process.env)) if (foreign.test(name)) delete process.env[name]
  const given = process.env.TEST_DATABASE_URL
  const services = await startTestServices(maxWorkers, { withPostgres: !given })
  globalThis.testServices = services
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  process.env.NODE_ENV = 'test'
  // What tests leave in a temporary folder goes with the run.
  process.env.TMPDIR = temporaryFolder(services.folder)
  process.env.KITH_LOG ??= 'silent'
  process.env.KITH_TEST = JSON.stringify({
    folder: services.folder,
    database: given ?? services.database,
    redis: services.redis,
    run: process.pid,
  })
  const env = { ...process.env, DATABASE_URL: await templateUrl(), REDIS_URL: services.redis[0] }
  const script = new URL('./support/prepare-template.ts', import.meta.url).pathname
  execFileSync(process.execPath, [script], { env, stdio: ['ignore', 'inherit', 'inherit'] })
}

function temporaryFolder(folder: string): string {
  const path = join(folder, 'tmp')
  mkdirSync(path)
  // As /tmp is: PostgreSQL and Redis of a run as root have a user of their own.
  chmodSync(path, 0o1777)
  return path
}

/** After all tests. */
export async function tearDown(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) await dropDatabases()
  await globalThis.testServices?.stop()
  // With one worker the tests run in this process, and connections they left open would hold it for ever.
  setTimeout(() => process.exit(), 500).unref()
}
