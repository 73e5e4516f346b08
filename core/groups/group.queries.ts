import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { GroupRank } from './group-role.model.ts'

type Asking = Pick<Ctx, 'tx'>

/** Who moderates a group: its owner, its admins, its moderators, those first who have been it longest. */
export const moderatorsOf = (ctx: Asking, groupId: Id) =>
  rows<{ id: Id; uri: string | null; role: GroupRank }>(
    ctx,
    `SELECT a.id, a.uri, gr.role FROM group_roles AS gr JOIN accounts AS a ON a.id = gr.account_id
     WHERE gr.group_id = $1 AND a.gone_at IS NULL
     ORDER BY array_position('{owner,admin,moderator}', gr.role), gr.created_at, a.id`,
    [groupId],
  )

/** What is pinned in a group, the latest first. */
export const pinnedIn = (ctx: Asking, groupId: Id) =>
  rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM group_marks AS gm JOIN posts AS p ON p.id = gm.post_id AND p.group_id = gm.group_id
     WHERE gm.group_id = $1 AND gm.pinned_at IS NOT NULL ORDER BY gm.pinned_at DESC`,
    [groupId],
  )
