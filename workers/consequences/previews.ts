import { linkPreview } from '#core/previews/link-preview'
import { showPreview } from '#core/previews/show-preview'
import { indexPost } from '#core/search/index-post'
import { refreshStreams } from '#core/timelines/refresh-streams'
import { consequences } from '../consequences.ts'

/** What follows from links in posts, and from cards that come. */
export default consequences({
  'post.created': [linkPreview],
  'post.edited': [linkPreview],
  'preview.ready': [showPreview],
  'preview.shown': [refreshStreams, indexPost],
})
