import { notifyOfQuote } from '#core/notifications/notify-of-quote'
import { notifyOfQuotedEdit } from '#core/notifications/notify-of-quoted-edit'
import { refreshStreams } from '#core/timelines/refresh-streams'
import { consequences } from '../consequences.ts'

/** What follows from quotes. */
export default consequences({
  'post.edited': [notifyOfQuotedEdit],
  'quote.accepted': [notifyOfQuote],
  'quote.changed': [refreshStreams],
})
