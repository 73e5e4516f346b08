import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** Suggests an account to the actor no more; nothing for one that there is not (ACCT-42). */
export async function dismissSuggestion(ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> {
  await rows(
    ctx,
    `INSERT INTO suggestion_dismissals (account_id, dismissed_id) SELECT $1, id FROM accounts WHERE id = $2
     ON CONFLICT DO NOTHING`,
    [actingId(ctx), accountId],
  )
}
