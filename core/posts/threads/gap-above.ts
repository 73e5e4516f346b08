import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/**
 * What a post, the first that is here of its thread, answers that is not: its ancestors end at a gap. Undefined when
 * the thread begins with it, or is here above it.
 */
export async function gapAbove(ctx: Pick<Ctx, 'tx'>, postId: Id): Promise<string | undefined> {
  const found = await row<{ uri: string | null }>(
    ctx,
    'SELECT reply_to_uri AS uri FROM posts WHERE id = $1 AND reply_to_id IS NULL',
    [postId],
  )
  return found?.uri ?? undefined
}
