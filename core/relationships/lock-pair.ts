import type { TxCtx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'

/**
 * Lets one transaction at a time change what is between two accounts: a follow and a block that come together are
 * handled one after the other, and copies of one activity find what the first has written. `uri` is that of the
 * activity, which an Undo may be handling at the same moment.
 */
export const lockPair = (ctx: TxCtx, one: Id, other: Id, uri?: string | null): Promise<void> =>
  lockKeys(ctx, [`relationship ${[one, other].sort().join(' ')}`, ...(uri ? [uri] : [])])
