import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** The accounts of everybody who moderates this instance. */
export async function moderatorIds(ctx: Pick<Ctx, 'tx'>): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT account_id AS id FROM users WHERE role IN ('owner', 'admin', 'moderator') AND disabled_at IS NULL`,
  )
  return found.map(({ id }) => id)
}
