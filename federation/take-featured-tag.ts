import type { Ctx } from '#core/ctx'
import { receiveFeaturedTag } from '#core/tags/receive-featured-tag'
import { matters } from './concerns-us.ts'
import type { Incoming } from './listen.ts'
import { idOf, objectsOf, textOf, typeOf } from './properties.ts'

/**
 * An Add of hashtags to what the sender features, or a Remove from it (wire 8.10): like pinned posts, they are said of the
 * sender's featured collection. Any other target is none of the sender's (federation rule 69), and only of accounts that
 * members care for anything is kept.
 */
export async function takeFeaturedTag(
  ctx: Ctx,
  { json, actor, isForwarded }: Incoming,
  isFeatured: boolean,
): Promise<void> {
  if (isForwarded || !actor.featuredUrl || idOf(json.target) !== actor.featuredUrl) return
  if (isFeatured && !(await matters(actor.id))) return
  for (const tag of objectsOf(json.object).slice(0, 20)) {
    const name = typeOf(tag, ['Hashtag']) && textOf(tag.name)
    if (name) await receiveFeaturedTag(ctx, { accountId: actor.id, name, isFeatured })
  }
}
