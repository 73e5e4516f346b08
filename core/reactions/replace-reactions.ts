import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { eraseReaction } from './erase-reaction.ts'

type Replaced = { accountId: Id; postId: Id; except: string; withFavourite: boolean }

/** Takes away what an account gave a post so far, all but one emoji; its favourite only when it is told to. */
export async function replaceReactions(
  ctx: TxCtx,
  { accountId, postId, except, withFavourite }: Replaced,
): Promise<void> {
  const former = await rows<{ id: Id }>(
    ctx,
    `SELECT id FROM reactions WHERE account_id = $1 AND post_id = $2 AND emoji <> $3 AND (emoji <> '' OR $4::boolean)
     ORDER BY id`,
    [accountId, postId, except, withFavourite],
  )
  for (const { id } of former) await eraseReaction(ctx, id)
}
