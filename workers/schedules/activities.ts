import { clearOutgoing } from '#federation/clear-outgoing'
import { clearReceived } from '#federation/clear-received'
import { schedule } from '../schedules.ts'

export default schedule({ every: '1d', run: clearReceived }, { every: '1d', run: clearOutgoing })
