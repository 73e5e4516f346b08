import { Router } from 'express'
import { rows } from '#platform/db'
import { pendingMigrations } from '#platform/migrate'
import { redis } from '#platform/redis'
import { isLeaving } from './leaving.ts'

const PATIENCE = 3000

const because = (error: unknown): string => (Error.isError(error) ? error.message : String(error))

// Whoever asks must get an answer from a process whose stores hang, too.
function inTime(check: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE)
  return Promise.race([check, promise]).finally(() => clearTimeout(timer))
}

/** What keeps this process from serving, in words: empty when it is ready. */
async function hindrances(): Promise<Record<string, string>> {
  const checks = {
    process: async () => {
      if (isLeaving()) throw new Error('it is about to end')
    },
    postgresql: async () => void (await rows({}, 'SELECT 1 AS one')),
    redis: async () => void (await redis.ping()),
    migrations: async () => {
      const pending = await pendingMigrations()
      if (pending.length > 0) throw new Error(`${pending.length} have not run; run "kith migrate"`)
    },
  }
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) =>
      inTime(check()).then(
        () => [],
        (error: unknown) => [[name, because(error)]],
      ),
    ),
  )
  return Object.fromEntries(results.flat())
}

/** `GET /health`: the process can serve. `GET /health/ready`: so can what it stands on; else 503 with the reasons. */
export const health = Router()
  .get('/health', (_req, res) => void res.type('text/plain').send('OK'))
  .get('/health/ready', async (_req, res) => {
    const reasons = await hindrances()
    const isReady = Object.keys(reasons).length === 0
    res.status(isReady ? 200 : 503).json(isReady ? { ready: true } : { ready: false, reasons })
  })
