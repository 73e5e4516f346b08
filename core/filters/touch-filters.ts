import { actingPerson } from '../actor.ts'
import type { TxCtx } from '../ctx.ts'
import { tellStreams } from '../stream.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * Says that the filters of the acting member change in this transaction, and gives their account: copies of the old ones
 * count no more, and open streams hear of it (FILT-09). Two changes of one member wait for each other here.
 */
export async function touchFilters(ctx: TxCtx): Promise<Id> {
  const { accountId } = actingPerson(ctx)
  await rows(ctx, 'UPDATE users SET filters_version = filters_version + 1 WHERE account_id = $1', [accountId])
  await tellStreams(ctx, { event: 'filters_changed', accountId })
  return accountId
}
