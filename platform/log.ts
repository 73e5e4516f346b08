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

/** What is told of an error: what went wrong and where, never the values that a query or a body carried. */
function tellError(error: unknown): object {
  if (!Error.isError(error)) return { message: String(error) }
  const code = 'code' in error ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: tellError(error.cause) }
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause }
}

/** One log for the whole process: JSON lines, or coloured lines when stdout is a terminal and pino-pretty is there. */
export const log = pino({
  level: logging.level,
  base: undefined,
  serializers: { err: tellError },
  redact: {
    paths: secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
    censor: '[hidden]',
  },
})
