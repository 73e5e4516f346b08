import { fanOutLinked } from '#core/timelines/fan-out-linked'
import { fanOutPost } from '#core/timelines/fan-out-post'
import { forgetFeeds } from '#core/timelines/forget-feeds'
import { forgetHome } from '#core/timelines/forget-home'
import { mergeFeed } from '#core/timelines/merge-feed'
import { refreshStreams } from '#core/timelines/refresh-streams'
import { removeFromFeeds } from '#core/timelines/remove-from-feeds'
import { unmergeFeed } from '#core/timelines/unmerge-feed'
import { consequences } from '../consequences.ts'

export default consequences({
  'post.created': [fanOutPost],
  'post.boosted': [fanOutPost],
  'replies.linked': [fanOutLinked],
  'post.edited': [refreshStreams],
  'post.deleted': [removeFromFeeds],
  'post.unboosted': [removeFromFeeds],
  'follow.accepted': [mergeFeed],
  'follow.ended': [unmergeFeed],
  'follow.rejected': [unmergeFeed],
  'list.changed': [forgetFeeds],
  'tag.followed': [forgetHome],
  'tag.unfollowed': [forgetHome],
})
