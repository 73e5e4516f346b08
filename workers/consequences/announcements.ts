import { forgetReadingsOf } from '#core/announcements/forget-readings-of'
import { consequences } from '../consequences.ts'

/** What becomes of what members did with announcements. */
export default consequences({ 'account.deleted': [forgetReadingsOf] })
