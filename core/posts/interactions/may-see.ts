import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { visibleTo } from '../post.policy.ts'

/** May this account, of whatever server, see the post? */
export const maySee = async (
  ctx: Pick<Ctx, 'tx'>,
  { postId, accountId }: { postId: Id; accountId: Id },
): Promise<boolean> =>
  (await row(ctx, `SELECT 1 FROM posts AS p WHERE p.id = $1 AND ${visibleTo('$2::bigint')}`, [
    postId,
    accountId,
  ])) !== undefined
