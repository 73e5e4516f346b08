import { recheckStamps } from '#federation/recheck-stamps'
import { schedule } from '../schedules.ts'

export default schedule({ every: '10m', run: recheckStamps })
