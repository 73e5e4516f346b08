import { indexPost } from '#core/search/index-post'
import { reopenPosts } from '#core/search/reopen-posts'
import { consequences } from '../consequences.ts'

/** What search learns of. Posts that are deleted leave the one in PostgreSQL with their rows. */
export default consequences({
  'post.created': [indexPost],
  'post.edited': [indexPost],
  'post.deleted': [indexPost],
  'account.updated': [reopenPosts],
})
