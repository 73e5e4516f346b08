import { eraseReactionsOf } from '#core/reactions/erase-reactions-of'
import { deliverReaction, deliverReactionEnd } from '#federation/deliveries/reaction'
import { consequences } from '../consequences.ts'

/** What follows from reactions. */
export default consequences({
  'reaction.added': [deliverReaction],
  'reaction.removed': [deliverReactionEnd],
  'account.deleted': [eraseReactionsOf],
})
