import { read, whole } from './read.ts'

const env = read({ KITH_RATE_FACTOR: whole(1, 1_000_000).default(1) })

/** How many times the usual number of requests is allowed; limits that guard against guessing do not change. */
export const rates = Object.freeze({ factor: env.KITH_RATE_FACTOR })
