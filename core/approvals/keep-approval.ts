import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

type Given = { postId: Id; actorId: Id; stampUri: string }

// Only the author of what a member answers gives a stamp for that.
const insertion = `INSERT INTO interaction_requests (id, kind, account_id, target_id, author_id, state, stamp_uri, answered_at)
  SELECT p.id, 'reply', p.author_id, target.id, target.author_id, 'accepted', $3, now()
  FROM posts AS p JOIN posts AS target ON target.id = p.reply_to_id
  WHERE p.id = $1 AND p.uri IS NULL AND target.author_id = $2 AND p.author_id <> $2
  ON CONFLICT (id) DO UPDATE SET stamp_uri = excluded.stamp_uri
    WHERE interaction_requests.state = 'accepted' AND interaction_requests.stamp_uri IS DISTINCT FROM excluded.stamp_uri
  RETURNING account_id AS "authorId"`

/**
 * Keeps the stamp, which was checked, that an author elsewhere gives unasked to the reply of a member, so that others are shown
 * it. One that is known changes nothing.
 */
export const keepApproval = (ctx: Ctx, { postId, actorId, stampUri }: Given): Promise<void> =>
  transact(ctx, async (ctx) => {
    const kept = await row<{ authorId: Id }>(ctx, insertion, [postId, actorId, stampUri])
    if (!kept) return
    await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [postId])
    await emit(ctx, 'interaction.changed', { postId, authorId: kept.authorId })
  })
