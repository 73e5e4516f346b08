import { verifyLinks } from '#core/accounts/verify-links'
import { deliverAccountEnd, deliverMove, deliverProfile } from '#federation/deliveries/account'
import { forgetReplies } from '#federation/herd-replies'
import { consequences } from '../consequences.ts'

/** What follows from what happens to accounts. */
export default consequences({
  'account.updated': [forgetReplies, deliverProfile],
  'account.moved': [forgetReplies, deliverMove, deliverProfile],
  'account.linked': [verifyLinks],
  'account.warned': [forgetReplies],
  'account.deleted': [forgetReplies, deliverAccountEnd],
})
