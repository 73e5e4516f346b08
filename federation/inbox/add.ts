import { listen } from '../listen.ts'
import { takeFeaturedTag } from '../take-featured-tag.ts'
import { takePin } from '../take-pin.ts'

/** Add of a post to the pinned ones of the sender, or of a hashtag to the featured ones. */
export default listen(['Add'], async (ctx, incoming) => {
  await takePin(ctx, incoming, true)
  await takeFeaturedTag(ctx, incoming, true)
})
