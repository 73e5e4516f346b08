import { refreshTrends } from '#core/trends/refresh-trends'
import { schedule } from '../schedules.ts'

export default schedule({ every: '5m', run: refreshTrends })
