import { z } from 'zod'
import { read } from './read.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const env = read({ KITH_LOG: z.enum(levels, `it must be one of ${levels.join(', ')}`).default('info') })

/** The least severe pino level that is written. */
export const logging = Object.freeze({ level: env.KITH_LOG })
