import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { owe } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { elasticEngine } from './engines/elastic.ts'

const BATCH = 1000

/** Lets everybody find the public posts of an account from now on, or nobody any more, as it wishes by now. */
export async function reopenPosts(ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> {
  for (let below = '9223372036854775807'; ;) {
    const batch = await rows<{ id: Id }>(
      ctx,
      'SELECT id FROM posts WHERE author_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3',
      [accountId, below, BATCH],
    )
    const last = batch.at(-1)
    if (!last) return
    await transact(ctx, async (ctx) => {
      const changed = await rows<{ id: Id }>(ctx, reopening, [batch.map(({ id }) => id)])
      if (elasticEngine())
        await owe(
          ctx,
          changed.map(({ id }) => ({ kind: 'index', payload: { postId: id } })),
        )
    })
    below = last.id
  }
}

const reopening = `UPDATE post_documents AS d SET is_open = p.visibility = 'public' AND a.is_indexable
  FROM posts AS p JOIN accounts AS a ON a.id = p.author_id
  WHERE p.id = d.post_id AND d.post_id = ANY ($1::bigint[])
    AND d.is_open <> (p.visibility = 'public' AND a.is_indexable)
  RETURNING d.post_id AS id`
