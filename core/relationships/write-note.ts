import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { limits } from '#config/limits'
import { rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'

/**
 * Writes down something about an account that only the actor reads; a blank comment takes it away (ACCT-31). Throws
 * NotFound, Invalid for one that is too long.
 */
export async function writeNote(
  ctx: Ctx,
  { accountId, comment }: { accountId: Id; comment: string },
): Promise<void> {
  const ownerId = actingId(ctx)
  await findAccount(ctx, { id: accountId })
  if ([...comment].length > limits.profile.accountNote)
    throw new Invalid(
      `Validation failed: Comment is too long (maximum is ${limits.profile.accountNote} characters)`,
    )
  if (comment.trim() === '')
    await rows(ctx, 'DELETE FROM account_notes WHERE owner_id = $1 AND account_id = $2', [ownerId, accountId])
  else await rows(ctx, upsert, [ownerId, accountId, comment])
}

const upsert = `INSERT INTO account_notes (owner_id, account_id, comment) VALUES ($1, $2, $3)
  ON CONFLICT (owner_id, account_id) DO UPDATE SET comment = excluded.comment, updated_at = now()`
