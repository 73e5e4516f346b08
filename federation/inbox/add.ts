import { listen } from '../listen.ts'
import { takeFeaturedTag } from '../take-featured-tag.ts'
import { takeModeration } from '../take-moderation.ts'
import { takePin } from '../take-pin.ts'

/** Add of a post to the pinned ones of the sender, or of a hashtag to the featured ones; in a group here by a moderator. */
export default listen(['Add'], async (ctx, incoming) => {
  if (await takeModeration(ctx, incoming)) return
  await takePin(ctx, incoming, true)
  await takeFeaturedTag(ctx, incoming, true)
})
