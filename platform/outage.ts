import { codeOf, Unavailable } from './errors.ts'

/** Codes of the system that mean: not now, perhaps in a moment. */
const ofSystem = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EAI_AGAIN ENOTFOUND EHOSTUNREACH'.split(' '),
)

/** The same of PostgreSQL: shut down, crashed, starting; read-only; disk or memory full, too many connections. */
const ofPostgres = new Set('57P01 57P02 57P03 25006 53000 53100 53200 53300'.split(' '))

/** What the driver says without a code when a connection breaks in the middle. */
const broken = /^(Connection terminated|Client has encountered a connection error|Client was closed)/

/** Is it PostgreSQL that does not answer at the moment? */
export function isDatabaseAway(error: unknown): boolean {
  if (!Error.isError(error)) return false
  const code = codeOf(error) ?? ''
  if (ofPostgres.has(code) || code.startsWith('08') || broken.test(error.message)) return true
  return /^Sequelize(Connection|Host|AccessDenied|InvalidConnection)/.test(error.name)
}

/** What ioredis says when the connection is not there, breaks or hangs; what Redis says when it starts or may not write. */
const redisIsAway = new RegExp(
  "^(Stream isn't writeable|Connection is closed|Command aborted|Reached the max retries|Socket timeout|" +
    'Redis connection is not ready|LOADING |READONLY |MISCONF |MASTERDOWN |NOREPLICAS |OOM )',
)

/** Is it Redis that does not answer, or takes no writes, at the moment? */
export const isRedisAway = (error: unknown): boolean =>
  Error.isError(error) && (redisIsAway.test(error.message) || isRedisAway(error.cause))

/**
 * Is it something Kith depends on that does not answer, rather than a fault of ours or of the one who asks? Whoever asked
 * should come again.
 */
export const isOutage = (error: unknown): boolean =>
  error instanceof Unavailable ||
  isDatabaseAway(error) ||
  isRedisAway(error) ||
  ofSystem.has(codeOf(error) ?? '')
