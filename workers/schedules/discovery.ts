import { rankAccounts } from '#core/discovery/rank-accounts'
import { schedule } from '../schedules.ts'

export default schedule({ every: '15m', run: rankAccounts })
