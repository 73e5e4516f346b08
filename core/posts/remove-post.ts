import { buryUri } from '../accounts/bury-uri.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { erasePost } from './erase-post.ts'

/** A post that is gone, and the group that it was in. */
type Removed = { id: Id; groupId: Id | null }

/**
 * Another server says that a post is deleted: takes it away, and leaves a tombstone also when it was never here, so
 * that a late Create finds it (federation rules 63, 116 and 130; ). Gives what it was, or undefined.
 * Throws Forbidden when somebody else wrote it, or the id is not of the actor's server.
 */
export const removePost = (
  ctx: Ctx,
  { uri, actorId }: { uri: string; actorId: Id },
): Promise<Removed | undefined> =>
  transact(ctx, async (ctx) => {
    await lockKeys(ctx, [uri])
    const post = await row<Removed & { authorId: Id }>(
      ctx,
      'SELECT id, author_id AS "authorId", group_id AS "groupId" FROM posts WHERE uri = $1',
      [uri],
    )
    if (post && post.authorId !== actorId) throw new Forbidden()
    await buryUri(ctx, { uri, actorId, formerType: 'Note' })
    if (post) await erasePost(ctx, post.id, { keepsMedia: false })
    return post
  })
