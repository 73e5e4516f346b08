import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { homesNear, homesNearTags, listsNear } from './audience.queries.ts'
import { tellStreams } from '../stream.ts'

/** Tells the open streams that may have shown a post that it was edited. */
export async function refreshStreams(ctx: Ctx, fact: { postId: Id; authorId: Id }): Promise<void> {
  const { postId, authorId } = fact
  const post = await row<{ isPublic: boolean; hashtagIds: Id[] }>(
    ctx,
    `SELECT visibility = 'public' AS "isPublic", ARRAY(SELECT h.hashtag_id::text FROM post_hashtags AS h
       WHERE h.post_id = posts.id AND h.is_public) AS "hashtagIds" FROM posts WHERE id = $1`,
    [postId],
  )
  if (!post) return
  const event = 'status.update'
  if (post.isPublic) await tellStreams(ctx, { event, postId, to: { isPublic: true } })
  for await (const homes of homesNear(ctx, authorId)) await tellStreams(ctx, { event, postId, to: { homes } })
  for await (const homes of homesNearTags(ctx, authorId, post.hashtagIds))
    await tellStreams(ctx, { event, postId, to: { homes } })
  for await (const lists of listsNear(ctx, authorId)) await tellStreams(ctx, { event, postId, to: { lists } })
}
