import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { MentionDraft } from './post-draft.ts'

/** Writes whom a post names, in their order; accounts that are gone and repeats are left out. */
export async function recordMentions(
  ctx: TxCtx,
  postId: Id,
  mentions: readonly MentionDraft[],
): Promise<void> {
  if (mentions.length === 0) return
  await rows(
    ctx,
    `INSERT INTO mentions (post_id, account_id, position, is_silent)
     SELECT $1, a.id, (named.at - 1)::smallint, named.is_silent
     FROM unnest($2::bigint[], $3::boolean[]) WITH ORDINALITY AS named (account_id, is_silent, at)
       JOIN accounts AS a ON a.id = named.account_id
     ORDER BY named.at ON CONFLICT DO NOTHING`,
    [postId, mentions.map((each) => each.accountId), mentions.map((each) => each.isSilent ?? false)],
  )
}
