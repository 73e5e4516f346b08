import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { HashtagDraft } from './post-draft.ts'
import type { Post } from './post.model.ts'

/** Writes the hashtags of a post; those that nobody used before come into being. Only public posts are on their lists. */
export async function recordHashtags(
  ctx: TxCtx,
  post: Pick<Post, 'id' | 'authorId' | 'visibility'>,
  hashtags: readonly HashtagDraft[],
): Promise<void> {
  if (hashtags.length === 0) return
  const values = [post.id, hashtags.map(({ name }) => name), post.visibility === 'public', post.authorId]
  // Most were used before.
  const known = await rows(ctx, insertion, values)
  if (known.length === hashtags.length) return
  // In the order of their names, so that two posts with the same new hashtags do not wait for each other.
  const sorted = hashtags.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  await rows(
    ctx,
    `INSERT INTO hashtags (name, display_name) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (name) DO NOTHING`,
    [sorted.map(({ name }) => name), sorted.map(({ display }) => display)],
  )
  await rows(ctx, insertion, values)
}

const insertion = `
  INSERT INTO post_hashtags (post_id, hashtag_id, position, is_public, author_id)
  SELECT $1, h.id, (used.at - 1)::smallint, $3, $4
  FROM unnest($2::text[]) WITH ORDINALITY AS used (name, at) JOIN hashtags AS h USING (name)
  ON CONFLICT DO NOTHING RETURNING hashtag_id`
