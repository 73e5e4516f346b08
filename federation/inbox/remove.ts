import { listen } from '../listen.ts'
import { takeFeaturedTag } from '../take-featured-tag.ts'
import { takeModeration } from '../take-moderation.ts'
import { takePin } from '../take-pin.ts'

/** Remove of a post from the pinned ones of the sender, or of a hashtag from the featured ones; in a group here by a moderator. */
export default listen(['Remove'], async (ctx, incoming) => {
  if (await takeModeration(ctx, incoming)) return
  await takePin(ctx, incoming, false)
  await takeFeaturedTag(ctx, incoming, false)
})
