import { z } from 'zod'
import { address, read, whole } from './read.ts'

const env = read({
  DATABASE_URL: address('postgres', 'postgresql').default('postgresql://localhost/kith'),
  KITH_DATABASE_POOL: whole(2, 100).default(20),
  REDIS_URL: z
    .string()
    .regex(/^(rediss?:\/\/|\/)/, 'it must begin with redis://, rediss:// or be the path of a socket')
    .default('redis://localhost:6379'),
  ELASTICSEARCH_URL: address('http', 'https').optional(),
})

/** Where rows, feeds and the search index live. */
export const stores = Object.freeze({
  database: env.DATABASE_URL,
  databasePool: env.KITH_DATABASE_POOL,
  redis: env.REDIS_URL,
  elasticsearch: env.ELASTICSEARCH_URL,
})
