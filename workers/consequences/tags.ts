import { forgetTagsOf } from '#core/tags/forget-tags-of'
import { deliverFeaturedTag, deliverUnfeaturedTag } from '#federation/deliveries/featured-tag'
import { consequences } from '../consequences.ts'

/** What follows from what members do with hashtags. */
export default consequences({
  'tag.featured': [deliverFeaturedTag],
  'tag.unfeatured': [deliverUnfeaturedTag],
  'account.deleted': [forgetTagsOf],
})
