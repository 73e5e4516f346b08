import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { forgetReaction } from './forget-reaction.ts'

const BATCH = 100

/**
 * Takes away what an account that is gone thought of posts, some at a time. Nobody is told: that the account is gone says
 * it (feature tombstoned-actors-01). Harmless to repeat.
 */
export async function eraseReactionsOf(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  await rows(ctx, 'DELETE FROM dislikes WHERE account_id = $1', [accountId])
  for (;;) {
    const count = await transact(ctx, async (ctx) => {
      // In the order of the posts, so that two who go at once do not wait for each other.
      const found = await rows<{ id: Id }>(
        ctx,
        `SELECT id FROM reactions WHERE account_id = $1 ORDER BY post_id, emoji LIMIT ${BATCH}`,
        [accountId],
      )
      for (const { id } of found) await forgetReaction(ctx, id)
      return found.length
    })
    if (count < BATCH) return
  }
}
