import type { Ctx } from '#core/ctx'
import { findPost } from './find-post.ts'
import type { Incoming } from './listen.ts'
import { idOf, isJson, many } from './properties.ts'

/**
 * Takes what a relay announces: a post that is fetched from its origin and then is here like any other, for the public
 * timelines, but as nobody's boost (wire 13.2, feature relays-03). Of an activity in it only the id of its object counts.
 */
export async function takeAnnounced(ctx: Ctx, { json, isForwarded }: Incoming): Promise<void> {
  if (isForwarded) return
  const [announced] = many(json.object)
  const isActivity = isJson(announced) && announced.actor !== undefined && announced.object !== undefined
  const uri = idOf(isActivity ? announced.object : announced)
  if (uri) await findPost(ctx, uri, { alone: true })
}
