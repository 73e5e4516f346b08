import { deliverRelayAccept, deliverRelayEnd, deliverRelayFollow } from '#federation/deliveries/relay'
import { consequences } from '../consequences.ts'

/** What follows from what is agreed with relays. */
export default consequences({
  'relay.asked': [deliverRelayFollow],
  'relay.left': [deliverRelayEnd],
  'relay.followedBack': [deliverRelayAccept],
})
