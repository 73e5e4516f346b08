import { severSuspended } from '#core/relationships/sever-suspended'
import { readmitAccount } from '#federation/readmit-account'
import { consequences } from '../consequences.ts'

/** What follows from what is decided about domains. */
export default consequences({
  'domain.suspended': [severSuspended],
  'account.pardoned': [readmitAccount],
})
