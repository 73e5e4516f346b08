import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { type InteractionRequest, requestColumns } from '../posts/interactions/interaction-request.ts'
import { unblocked } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Interaction } from '../posts/interactions/interaction.policy.ts'

type Asked = { kinds: readonly Interaction[]; targetId?: Id | undefined; cursors: Cursors }

/** A page of what waits for the actor's yes, newest first; of those who are blocked or gone, nothing does. */
export async function requestsOf(
  ctx: Ctx,
  { kinds, targetId, cursors }: Asked,
): Promise<InteractionRequest[]> {
  const { where, order, values, newestFirst } = pageOf(cursors, 'i.id', 4)
  const found = await rows<InteractionRequest>(
    ctx,
    `SELECT ${requestColumns} FROM interaction_requests AS i JOIN accounts AS a ON a.id = i.account_id
     WHERE i.author_id = $1 AND i.state = 'pending' AND i.kind = ANY ($2::text[])
       AND ($3::bigint IS NULL OR i.target_id = $3) AND a.suspended_at IS NULL AND a.gone_at IS NULL
       AND ${unblocked('$1::bigint', 'a.id')} AND ${where} ${order}`,
    [actingId(ctx), kinds, targetId ?? null, ...values],
  )
  return newestFirst(found)
}
