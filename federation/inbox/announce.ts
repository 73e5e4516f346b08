import { noteStamp } from '#core/approvals/note-stamp'
import type { Ctx } from '#core/ctx'
import type { Post } from '#core/posts/post.model'
import { receiveBoost } from '#core/posts/receive-boost'
import { isRelay } from '#core/relays/relay.queries'
import { authenticActivity } from '../authentic-object.ts'
import { boostConcernsUs } from '../concerns-us.ts'
import { findPost } from '../find-post.ts'
import { findStoredPost } from '../find-stored.ts'
import { type Incoming, listen, nameFor } from '../listen.ts'
import { boostVisibilityOf } from '../objects/read-post.ts'
import { assertPermits } from '../permitted.ts'
import { idOf, timeOf } from '../properties.ts'
import { takeAnnounced } from '../take-announced.ts'
import { relayedIn, takeRelayed } from '../take-relayed.ts'

/**
 * Announce: a boost. Only the id of what is boosted counts; it is found here or fetched from its origin (wire 8.8). One of
 * activities is a group passing them on; the threads that begin in it are shown as boosted by the group (wire 9). One by a
 * relay is no boost (wire 13.2).
 */
export default listen(['Announce'], async (ctx, incoming) => {
  const { json, actor } = incoming
  if (await isRelay(ctx, actor.id)) return takeAnnounced(ctx, incoming)
  if (relayedIn(json).length > 0) {
    const [first, ...more] = await takeRelayed(ctx, incoming)
    if (first && more.length === 0) await boost(ctx, incoming, first)
    return
  }
  const uri = idOf(json.object)
  if (!uri || !(await authenticActivity(ctx, incoming))) return
  const stored = await findStoredPost(uri)
  if (!(await boostConcernsUs(actor.id, stored?.id))) return
  const post = stored ?? (await findPost(ctx, uri))
  if (post) await boost(ctx, incoming, post)
})

async function boost(ctx: Ctx, incoming: Incoming, post: Post): Promise<void> {
  const { json, actor } = incoming
  const shown = await assertPermits(ctx, { kind: 'boost', target: post, accountId: actor.id, made: json })
  const taken = await receiveBoost(ctx, {
    uri: nameFor(incoming),
    authorId: actor.id,
    postId: post.id,
    visibility: boostVisibilityOf(json),
    publishedAt: timeOf(json.published) ?? null,
  })
  if (shown) await noteStamp(ctx, { postId: taken.id, ...shown })
}
