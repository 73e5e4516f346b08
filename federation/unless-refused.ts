import { KithError, TooMany, Unavailable } from '#platform/errors'
import { log } from '#platform/log'

/**
 * Does what may be refused (Forbidden, Gone, Conflict …), as one of many: undefined then, and the others go on. What may
 * succeed later is thrown.
 */
export async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof KithError) || error instanceof Unavailable || error instanceof TooMany) throw error
    log.debug({ error: error.message }, 'one of many was refused')
    return undefined
  }
}
