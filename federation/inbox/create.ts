import { isVote, isPost } from '../objects/read-post.ts'
import { authenticObject } from '../authentic-object.ts'
import { concernsUs } from '../concerns-us.ts'
import { listen } from '../listen.ts'
import { readPost } from '../objects/post.ts'
import { assertMayAnswer } from '../permitted.ts'
import { many } from '../properties.ts'
import { fetchParents } from '../fetch-parents.ts'
import { meetMentioned } from '../meet-mentioned.ts'
import { relayPost } from '../relay-to-group.ts'
import { takeVote } from '../take-vote.ts'
import { noteStamp } from '#core/approvals/note-stamp'
import { receivePost } from '#core/posts/receive-post'
import { Forbidden } from '#platform/errors'

/**
 * Create: a post, which may get into a group here, or votes in a poll of ours (wire 8.1, 6.3, 9); by way of a relay also a public
 * post of anybody (wire 13.2).
 */
export default listen(['Create'], async (ctx, incoming) => {
  const refused: unknown[] = []
  for (const value of many(incoming.json.object)) {
    const object = await authenticObject(ctx, incoming, value)
    if (!object) refused.push(value)
    if (!object || !isPost(object)) continue
    if (isVote(object)) {
      await takeVote(ctx, incoming.actor.id, object)
      continue
    }
    const draft = await readPost(object, incoming.actor)
    const isOurs = await concernsUs(draft)
    if (!isOurs && !(incoming.isRelayed && draft.visibility === 'public')) continue
    const shown = await assertMayAnswer(ctx, draft, object)
    const post = await receivePost(ctx, draft)
    if (shown) await noteStamp(ctx, { postId: post.id, ...shown })
    // Of the many that relays bring, nobody but the author is met, nor whom a reply names that waits for a yes.
    if (!isOurs || (post.visibility === 'direct' && draft.visibility !== 'direct')) continue
    // First, for the parents bring in people who would then seem to have been known.
    await meetMentioned(ctx, object, incoming.actor, post.id)
    await relayPost(ctx, incoming, post)
    if (!post.replyToId && post.replyToUri) await fetchParents(ctx, post.replyToUri)
  }
  if (refused.length > 0) throw new Forbidden()
})
