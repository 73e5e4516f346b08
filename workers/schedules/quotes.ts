import { recheckQuotes } from '#federation/recheck-quotes'
import { schedule } from '../schedules.ts'

export default schedule({ every: '10m', run: recheckQuotes })
