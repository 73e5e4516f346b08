import type { TxCtx } from '../ctx.ts'
import { sharePost } from '../posts/share-post.ts'
import { row, rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { inTurn } from './reaction.facts.ts'
import type { Picture } from './reaction.model.ts'
import { tallyReaction } from './tally-reaction.ts'

/**
 * A reaction that was checked; without an emoji it is a favourite. A custom emoji is its code, with the host after an `@`
 * when it is not of this instance, and has a picture.
 */
export type ReactionDraft = {
  /** The id that it was promised. */
  id?: Id
  accountId: Id
  postId: Id
  emoji?: string
  picture?: Picture | null
  uri?: string | null
}

// Who likes a post does not dislike it any more (federation rule 129).
const insertion = `WITH changed AS (DELETE FROM dislikes WHERE account_id = $1 AND post_id = $2 AND $3 = '')
  INSERT INTO reactions (id, account_id, post_id, emoji, uri, picture)
  VALUES (coalesce($6::bigint, kith_id()), $1, $2, $3, $4, $5::jsonb)
  ON CONFLICT DO NOTHING RETURNING id, (SELECT a.domain FROM accounts AS a WHERE a.id = $1) AS domain`

/**
 * Writes a reaction, its counter and the fact. One that is there already only takes over the newer id of another server
 * (federation rule 127). Gives its id, where that is of use. Throws NotFound when the post is gone.
 */
export async function recordReaction(
  ctx: TxCtx,
  { id, accountId, postId, emoji = '', picture = null, uri = null }: ReactionDraft,
): Promise<Id | undefined> {
  if (!(await sharePost(ctx, postId))) throw new NotFound()
  const drawn = picture ? JSON.stringify(picture) : null
  const values = [accountId, postId, emoji, uri, drawn, id ?? null]
  const added = await row<{ id: Id; domain: string | null }>(ctx, insertion, values)
  if (!added) {
    if (!uri) return undefined
    const newer = `UPDATE reactions SET uri = $4 WHERE account_id = $1 AND post_id = $2 AND emoji = $3 RETURNING id`
    return (await row<{ id: Id }>(ctx, newer, [accountId, postId, emoji, uri]))?.id
  }
  const fact = { reactionId: added.id, accountId, postId, emoji, uri, picture }
  await emit(ctx, 'reaction.added', fact, inTurn(fact))
  if (emoji === '')
    await rows(ctx, 'UPDATE posts SET favourites_count = favourites_count + 1 WHERE id = $1', [postId])
  else await tallyReaction(ctx, fact, { isOfHome: emoji.split('@')[1] === (added.domain ?? undefined) })
  return added.id
}
