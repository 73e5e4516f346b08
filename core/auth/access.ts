import type { Transaction } from 'sequelize'
import type { Id } from '#platform/ids'
import { publishAfter } from '#platform/pubsub'

/**
 * What may be done with some tokens changed: all tokens of a user, or those named. `isOver` says that they do nothing
 * any more, so that streams opened with them are closed (OAUTH-26, STRM-18).
 */
export type AccessChange = { userId?: Id; tokenIds?: Id[]; isOver: boolean }

/** The topic that tells every process of access changes. */
export const accessTopic = 'access'

/** Tells every process, once the transaction is committed, to look at these tokens anew. */
export const changeAccess = (ctx: { tx?: Transaction | undefined }, change: AccessChange): Promise<void> =>
  publishAfter(ctx, accessTopic, change)
