import { clearAnswers } from '#core/instances/clear-answers'
import { clearOutgoing } from '#federation/clear-outgoing'
import { clearReceived } from '#federation/clear-received'
import { learnSoftware } from '#federation/learn-software'
import { probeHosts } from '#federation/probe-hosts'
import { schedule } from '../schedules.ts'

export default schedule(
  { every: '1d', run: clearReceived },
  { every: '1d', run: clearOutgoing },
  { every: '1h', run: clearAnswers },
  { every: '10m', run: probeHosts },
  { every: '1m', run: learnSoftware },
)
