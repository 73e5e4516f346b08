import { limits } from '#config/limits'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import { isId, type Id } from '#platform/ids'

type Upload = { kind: string; state: string }

/**
 * Checks that these uploads may stand in one post of their owner: at most four pictures, or one of another kind alone,
 * all of them ready and in no other post (POST-13). `postId` names the post that is edited. Throws Invalid.
 */
export async function checkMedia(
  ctx: Ctx,
  { mediaIds, ownerId, postId }: { mediaIds: readonly string[]; ownerId: Id; postId?: Id },
): Promise<Id[]> {
  const wanted = [...new Set(mediaIds)]
  if (wanted.length === 0) return []
  if (wanted.length > limits.post.media) throw wrong(`Cannot attach more than ${limits.post.media} files`)
  const found = await rows<Upload>(
    ctx,
    `SELECT kind, state FROM media WHERE id = ANY ($1::bigint[]) AND owner_id = $2 AND purpose = 'attachment'
       AND (post_id IS NULL OR post_id = $3)`,
    [wanted.filter(isId), ownerId, postId ?? null],
  )
  if (found.length < wanted.length) throw wrong('A media attachment is unknown or already in use')
  if (found.some(({ state }) => state !== 'ready'))
    throw wrong('Cannot attach files that have not finished processing. Try again in a moment!')
  if (found.length > 1 && found.some(({ kind }) => kind !== 'image'))
    throw wrong('Cannot attach a video or sound to a post that already contains other media')
  return wanted
}

const wrong = (what: string) => new Invalid(`Validation failed: ${what}`)
