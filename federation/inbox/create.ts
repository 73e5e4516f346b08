import { receiveVote } from '#core/posts/polls/receive-vote'
import { isVote, postTypes } from '../objects/read-post.ts'
import { authenticObject } from '../authentic-object.ts'
import { concernsUs } from '../concerns-us.ts'
import { listen } from '../listen.ts'
import { readPost } from '../objects/post.ts'
import { findStoredPost } from '../find-stored.ts'
import { idOf, many, textOf, typeOf } from '../properties.ts'
import { fetchParents } from '../fetch-parents.ts'
import { receivePost } from '#core/posts/receive-post'

/** Create: a post, or votes in a poll of ours (wire 8.1, 6.3). */
export default listen(['Create'], async (ctx, incoming) => {
  for (const value of many(incoming.json.object)) {
    const object = await authenticObject(ctx, incoming, value)
    if (!object || !typeOf(object, postTypes)) continue
    if (isVote(object)) {
      const question = await findStoredPost(idOf(object.inReplyTo))
      if (question?.isLocal) {
        const vote = {
          postId: question.id,
          accountId: incoming.actor.id,
          option: textOf(object.name)!,
          uri: textOf(object.id) ?? null,
        }
        await receiveVote(ctx, vote)
      }
      continue
    }
    const draft = await readPost(object, incoming.actor)
    if (!(await concernsUs(draft))) continue
    const post = await receivePost(ctx, draft)
    if (!post.replyToId && post.replyToUri) await fetchParents(ctx, post.replyToUri)
  }
})
