import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** The accounts that the staff recommends, the latest first. */
export const featuredAccounts = (ctx: Pick<Ctx, 'tx'>) =>
  rows<{ id: Id; acct: string; since: Date }>(
    ctx,
    `SELECT a.id, concat_ws('@', a.username, a.domain) AS acct, f.created_at AS since
     FROM featured_accounts AS f JOIN accounts AS a ON a.id = f.account_id ORDER BY f.created_at DESC, a.id`,
  )
