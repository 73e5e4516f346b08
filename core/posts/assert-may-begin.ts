import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'

/**
 * Throws Invalid, with a sentence for people, when what begins a thread goes to a group elsewhere where moderators alone begin
 * some, and its author is none (feature groups-19). It goes to the first group that it names.
 */
export async function assertMayBegin(
  ctx: Pick<Ctx, 'tx'>,
  authorId: Id,
  mentions: readonly { accountId: Id }[],
): Promise<void> {
  if (mentions.length === 0) return
  const group = await row<{ isClosed: boolean }>(
    ctx,
    `SELECT g.restricts_posting AND NOT EXISTS (SELECT FROM group_roles AS gr
         WHERE gr.group_id = g.id AND gr.account_id = $1) AS "isClosed"
     FROM unnest($2::bigint[]) WITH ORDINALITY AS named (id, place) JOIN accounts AS g ON g.id = named.id
     WHERE g.kind = 'group' ORDER BY named.place LIMIT 1`,
    [authorId, mentions.map(({ accountId }) => accountId)],
  )
  if (group?.isClosed) throw new Invalid('Nobody but its moderators begins threads in this group')
}
