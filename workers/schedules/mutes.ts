import { expireMutes } from '#core/relationships/expire-mutes'
import { schedule } from '../schedules.ts'

export default schedule({ every: '30s', run: expireMutes })
