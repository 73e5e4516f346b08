import type { TxCtx } from '../../ctx.ts'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import type { Interaction } from './interaction.policy.ts'
import { type InteractionRequest, requestColumns } from './interaction-request.ts'

/** What somebody wants no more: by its ActivityPub id, else the post and, for a like, its emoji. */
export type Wish = { kind: Interaction; accountId: Id; uri?: string | null; targetId?: Id; emoji?: string }

const byUri = `DELETE FROM interaction_requests AS i
  WHERE i.uri = $1 AND i.account_id = $2 AND i.kind = $3 AND i.state <> 'accepted' RETURNING ${requestColumns}`
const byTarget = `DELETE FROM interaction_requests AS i
  WHERE i.target_id IN ($1, (SELECT boost_of_id FROM posts WHERE id = $1)) AND i.account_id = $2 AND i.kind = $3
    AND i.emoji = $4 AND i.state <> 'accepted' RETURNING ${requestColumns}`

/** Takes back what waits for the yes of an author or was refused; gives what it was, or undefined when there is nothing. */
export async function withdrawWish(
  ctx: TxCtx,
  { kind, accountId, uri, targetId, emoji = '' }: Wish,
): Promise<InteractionRequest | undefined> {
  const wish = await (uri
    ? row<InteractionRequest>(ctx, byUri, [uri, accountId, kind])
    : row<InteractionRequest>(ctx, byTarget, [targetId ?? null, accountId, kind, emoji]))
  if (wish?.state === 'pending')
    await emit(ctx, 'interaction.withdrawn', { kind, targetId: wish.targetId, accountId })
  return wish
}
