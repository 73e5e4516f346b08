import { forgetReadingsOf } from '#core/announcements/forget-readings-of'
import { tellOfAnnouncement } from '#core/announcements/tell-of-announcement'
import { consequences } from '../consequences.ts'

/** What follows from announcements, and what becomes of what members did with them. */
export default consequences({
  'announcement.published': [tellOfAnnouncement],
  'announcement.withdrawn': [tellOfAnnouncement],
  'account.deleted': [forgetReadingsOf],
})
