import { refreshStreams } from '#core/timelines/refresh-streams'
import {
  deliverInteractionAnswer,
  deliverInteractionEnd,
  deliverInteractionRequest,
} from '#federation/deliveries/interaction'
import { deliverChange } from '#federation/deliveries/post'
import { consequences } from '../consequences.ts'

/** What follows from what authors let others do with their posts. */
export default consequences({
  'interaction.policyChanged': [refreshStreams, deliverChange],
  'interaction.changed': [refreshStreams, deliverChange],
  'interaction.requested': [deliverInteractionRequest],
  'interaction.answered': [deliverInteractionAnswer],
  'interaction.revoked': [deliverInteractionEnd],
})
