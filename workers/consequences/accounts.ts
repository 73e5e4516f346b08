import { verifyLinks } from '#core/accounts/verify-links'
import { deliverAccountEnd, deliverMove, deliverProfile } from '#federation/deliveries/account'
import { consequences } from '../consequences.ts'

/** What follows from what happens to accounts. */
export default consequences({
  'account.updated': [deliverProfile],
  'account.moved': [deliverMove, deliverProfile],
  'account.linked': [verifyLinks],
  'account.deleted': [deliverAccountEnd],
})
