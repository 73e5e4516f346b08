import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { MentionDraft } from './post-draft.ts'

/** Writes whom a post names, in their order, or names differently now; accounts that are gone are left out. */
export async function recordMentions(
  ctx: TxCtx,
  postId: Id,
  mentions: readonly MentionDraft[],
): Promise<void> {
  if (mentions.length === 0) return
  const isFirst = ({ accountId }: MentionDraft, at: number) =>
    mentions.findIndex((each) => each.accountId === accountId) === at
  const once = mentions.filter(isFirst)
  await rows(
    ctx,
    `INSERT INTO mentions (post_id, account_id, position, is_silent)
     SELECT $1, a.id, (named.at - 1)::smallint, named.is_silent
     FROM unnest($2::bigint[], $3::boolean[]) WITH ORDINALITY AS named (account_id, is_silent, at)
       JOIN accounts AS a ON a.id = named.account_id
     ON CONFLICT (post_id, account_id) DO UPDATE SET position = excluded.position, is_silent = excluded.is_silent`,
    [postId, once.map((each) => each.accountId), once.map((each) => each.isSilent ?? false)],
  )
}
