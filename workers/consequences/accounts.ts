import { deliverAccountEnd, deliverProfile } from '#federation/deliveries/account'
import { consequences } from '../consequences.ts'

/** What follows from what happens to accounts. */
export default consequences({
  'account.updated': [deliverProfile],
  'account.deleted': [deliverAccountEnd],
})
