import type { Ctx } from '../ctx.ts'
import type { Interaction } from '../posts/interactions/interaction.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** A stamp of the author of `targetId`, which was checked, for the reply or boost of somebody elsewhere. */
export type Noted = { postId: Id; kind: Interaction; targetId: Id; stampUri: string }

/** Notes the stamp with which a post of another server was taken, so that it ends with it (federation rule 214). */
export const noteStamp = (ctx: Ctx, { postId, kind, targetId, stampUri }: Noted): Promise<unknown[]> =>
  rows(
    ctx,
    `INSERT INTO interaction_requests (id, kind, account_id, target_id, author_id, state, uri, stamp_uri, answered_at)
     SELECT p.id, $2, p.author_id, target.id, target.author_id, 'accepted', p.uri, $4, now()
     FROM posts AS p CROSS JOIN posts AS target WHERE p.id = $1 AND p.uri IS NOT NULL AND target.id = $3
     ON CONFLICT DO NOTHING`,
    [postId, kind, targetId, stampUri],
  )
