import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { receivePin } from '#core/posts/marks/receive-pin'
import { matters } from './concerns-us.ts'
import { findPost } from './find-post.ts'
import { findStoredPost } from './find-stored.ts'
import type { Incoming } from './listen.ts'
import { idOf, idsOf, sameOrigin } from './properties.ts'

/**
 * An Add to the pinned posts of the sender, or a Remove from them (wire 8.10). Any other target is none of the sender's or
 * means something else (federation rule 69). Of a post that is not here only an id counts, and only if members care.
 */
export async function takePin(
  ctx: Ctx,
  { json, actor, isForwarded }: Incoming,
  isPinned: boolean,
): Promise<void> {
  if (isForwarded || !actor.featuredUrl || idOf(json.target) !== actor.featuredUrl) return
  for (const uri of idsOf(json.object).slice(0, 20)) {
    if (!sameOrigin(uri, accountUri(actor))) continue
    const stored = await findStoredPost(uri)
    const post = stored ?? (isPinned && (await matters(actor.id)) ? await findPost(ctx, uri) : null)
    if (post) await receivePin(ctx, { authorId: actor.id, postId: post.id, isPinned })
  }
}
