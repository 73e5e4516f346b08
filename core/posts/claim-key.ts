import { createHash } from 'node:crypto'
import type { TxCtx } from '../ctx.ts'
import { now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'

/** How long a key stands for the post that was made with it, in seconds. */
export const KEY_LIFETIME = 86_400

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

type Known = { bodyHash: string; postId: Id | null; scheduledId: Id | null }

/** What was made with a key: a post, or one that waits for its time. */
export type Made = { postId?: Id; scheduledId?: Id }

/**
 * Takes an idempotency key for the post that this transaction makes. Gives what was made with it before, if
 * anything;
 * a copy that runs at the same time waits here for the first (POST-02, R-030). Throws Invalid when the same key came with
 * another body.
 */
export async function claimKey(
  ctx: TxCtx,
  { userId, key, body }: { userId: Id; key: string; body: object },
): Promise<Made & { settle: (made: Made) => Promise<void> }> {
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
  const settle = async ({ postId, scheduledId }: Made) => {
    await rows(
      ctx,
      'UPDATE idempotency_keys SET post_id = $3, scheduled_id = $4 WHERE user_id = $1 AND key = $2',
      [userId, hashed, postId ?? null, scheduledId ?? null],
    )
  }
  if (claimed) return { settle }
  const known = await row<Known>(
    ctx,
    'SELECT body_hash AS "bodyHash", post_id AS "postId", scheduled_id AS "scheduledId" FROM idempotency_keys WHERE user_id = $1 AND key = $2',
    [userId, hashed],
  )
  if (known && known.bodyHash !== bodyHash)
    throw new Invalid('Validation failed: this Idempotency-Key came with another post before')
  const { postId, scheduledId } = known ?? {}
  return { ...(postId ? { postId } : {}), ...(scheduledId ? { scheduledId } : {}), settle }
}
