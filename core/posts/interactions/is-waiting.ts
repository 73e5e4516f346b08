import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/** Is this a reply that waits for the yes of whom it answers, or was refused? Asked only of what nobody else sees. */
export const isWaiting = async (ctx: Pick<Ctx, 'tx'>, postId: Id): Promise<boolean> =>
  (await row(ctx, `SELECT 1 FROM interaction_requests WHERE id = $1 AND state <> 'accepted'`, [postId])) !==
  undefined
