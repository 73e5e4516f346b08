import type { TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/** Emojis that one account may give a post (federation rule 128), and different ones that a post may have of all. */
const most = { given: 20, different: 100 }

const room = `SELECT (SELECT count(*) FROM reactions AS r
      WHERE r.account_id = $1 AND r.post_id = p.id AND r.emoji NOT IN ('', $3)) < ${most.given}
    AND (p.reactions ? $3::text
      OR (SELECT count(*) FROM jsonb_object_keys(coalesce(p.reactions, '{}'))) < ${most.different}) AS "hasRoom"
  FROM posts AS p WHERE p.id = $2`

/** May an account give a post one more emoji? */
export const hasRoom = async (
  ctx: TxCtx,
  { accountId, postId, emoji }: { accountId: Id; postId: Id; emoji: string },
): Promise<boolean> =>
  (await row<{ hasRoom: boolean | null }>(ctx, room, [accountId, postId, emoji]))?.hasRoom === true
