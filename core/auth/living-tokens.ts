import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

const BATCH = 1000

/**
 * Those of these tokens that a member can still act with: not revoked, and the member confirmed, approved, neither
 * disabled nor suspended nor gone. Asks PostgreSQL, never what is kept.
 */
export async function livingTokens(ctx: Pick<Ctx, 'tx'>, tokenIds: readonly Id[]): Promise<Set<Id>> {
  const living = new Set<Id>()
  for (let from = 0; from < tokenIds.length; from += BATCH) {
    const found = await rows<{ id: Id }>(ctx, statement, [tokenIds.slice(from, from + BATCH)])
    for (const { id } of found) living.add(id)
  }
  return living
}

const statement = `SELECT t.id FROM oauth_tokens AS t JOIN users AS u ON u.id = t.user_id
    JOIN accounts AS a ON a.id = u.account_id
  WHERE t.id = ANY ($1::bigint[]) AND t.revoked_at IS NULL AND u.confirmed_at IS NOT NULL
    AND u.approved_at IS NOT NULL AND u.disabled_at IS NULL AND a.suspended_at IS NULL AND a.gone_at IS NULL`
