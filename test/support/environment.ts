import { join } from 'node:path'
import { makeDatabase, testRun } from './databases.ts'

// Runs in every worker before any product code is loaded: the configuration is read once.
const worker = process.env.JEST_WORKER_ID ?? '1'
const { folder, redis } = testRun()

process.env.DATABASE_URL = await makeDatabase(worker)
process.env.REDIS_URL = redis[(Number(worker) - 1) % redis.length]
process.env.KITH_DATA = join(folder, `data-${worker}`)
// A search server of one's own: the tests of search ask it, too.
if (process.env.TEST_ELASTICSEARCH_URL) process.env.ELASTICSEARCH_URL = process.env.TEST_ELASTICSEARCH_URL
