import { codeOf, Unavailable } from './errors.ts'

/** Codes of the system that mean: not now, perhaps in a moment. */
const ofSystem = 'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EAI_AGAIN ENOTFOUND EHOSTUNREACH'

/** The same of PostgreSQL: shut down, crashed, starting; read-only; disk or memory full, too many connections. */
const ofPostgres = '57P01 57P02 57P03 25006 53000 53100 53200 53300'
const passing = new Set(`${ofSystem} ${ofPostgres}`.split(' '))

/** What the driver says without a code when a connection breaks in the middle. */
const broken = /^(Connection terminated|Client has encountered a connection error|Client was closed)/

/**
 * Is it a store that does not answer, rather than a fault of ours or of the one who asks? Whoever asked should come
 * again.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof Unavailable) return true
  if (!Error.isError(error)) return false
  const code = codeOf(error) ?? ''
  if (passing.has(code) || code.startsWith('08') || broken.test(error.message)) return true
  return /^Sequelize(Connection|Host|AccessDenied|InvalidConnection)/.test(error.name)
}
