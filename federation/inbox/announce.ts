import { receiveBoost } from '#core/posts/receive-boost'
import { boostConcernsUs } from '../concerns-us.ts'
import { findPost } from '../find-post.ts'
import { findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { idOf, idsOf, timeOf } from '../properties.ts'
import { isPublic } from '../vocabulary.ts'

/** Announce: a boost. Only the id of what is boosted counts; it is found here or fetched from its origin (wire 8.8). */
export default listen(['Announce'], async (ctx, { json, id, actor }) => {
  const uri = idOf(json.object)
  if (!uri || !id) return
  const stored = await findStoredPost(uri)
  if (!(await boostConcernsUs(actor.id, stored?.id))) return
  const post = stored ?? (await findPost(ctx, uri))
  if (!post) return
  const [to, cc] = [idsOf(json.to), idsOf(json.cc)]
  const visibility = to.some(isPublic) ? 'public' : cc.some(isPublic) ? 'unlisted' : 'private'
  await receiveBoost(ctx, {
    uri: id,
    authorId: actor.id,
    postId: post.id,
    visibility,
    publishedAt: timeOf(json.published) ?? null,
  })
})
