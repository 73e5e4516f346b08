import { pino } from 'pino'
import { logging } from '#config/logging'

/** Headers, columns and fields that never reach a log (federation rule 154). */
const secrets = [
  'authorization',
  'cookie',
  'set-cookie',
  'signature',
  'password',
  'token',
  'access_token',
  'code',
  'client_secret',
  'privateKey',
]

/** One log for the whole process: JSON lines, or coloured lines when stdout is a terminal and pino-pretty is there. */
export const log = pino({
  level: logging.level,
  base: undefined,
  redact: {
    paths: secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
    censor: '[hidden]',
  },
})
