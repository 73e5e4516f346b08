import { createHash } from 'node:crypto'
import type { TxCtx } from '../ctx.ts'
import { now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'

/** How long a key stands for the post that was made with it, in seconds. */
export const KEY_LIFETIME = 86_400

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

/**
 * Takes an idempotency key for the post that this transaction makes. Gives the post that was made with it before, if any;
 * a copy that runs at the same time waits here for the first (POST-02, R-030). Throws Invalid when the same key came with
 * another body.
 */
export async function claimKey(
  ctx: TxCtx,
  { userId, key, body }: { userId: Id; key: string; body: object },
): Promise<{ postId?: Id; settle: (postId: Id) => Promise<void> }> {
  const [hashed, bodyHash] = [hashOf(key), hashOf(JSON.stringify(body))]
  const oldest = new Date(now().getTime() - KEY_LIFETIME * 1000)
  await rows(ctx, 'DELETE FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND created_at < $3', [
    userId,
    hashed,
    oldest,
  ])
  const claimed = await row(
    ctx,
    `INSERT INTO idempotency_keys (user_id, key, body_hash, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING key`,
    [userId, hashed, bodyHash, now()],
  )
  const settle = async (postId: Id) => {
    await rows(ctx, 'UPDATE idempotency_keys SET post_id = $3 WHERE user_id = $1 AND key = $2', [
      userId,
      hashed,
      postId,
    ])
  }
  if (claimed) return { settle }
  const known = await row<{ bodyHash: string; postId: Id }>(
    ctx,
    'SELECT body_hash AS "bodyHash", post_id AS "postId" FROM idempotency_keys WHERE user_id = $1 AND key = $2',
    [userId, hashed],
  )
  if (known && known.bodyHash !== bodyHash)
    throw new Invalid('Validation failed: this Idempotency-Key came with another post before')
  return { ...(known ? { postId: known.postId } : {}), settle }
}
