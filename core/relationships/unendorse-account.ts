import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** Takes a recommendation back; nothing when there is none (ACCT-34). Throws NotFound. */
export async function unendorseAccount(ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> {
  const endorserId = actingId(ctx)
  await findAccount(ctx, { id: accountId })
  await dropEndorsement(ctx, { endorserId, endorsedId: accountId })
}

type Pair = { endorserId: Id; endorsedId: Id }

/** Takes a recommendation away, as the end of a follow does too. */
export async function dropEndorsement(ctx: Pick<Ctx, 'tx'>, { endorserId, endorsedId }: Pair): Promise<void> {
  await rows(ctx, 'DELETE FROM endorsements WHERE endorser_id = $1 AND endorsed_id = $2', [
    endorserId,
    endorsedId,
  ])
}
