import { clearTombstones } from '#core/accounts/clear-tombstones'
import { clearKeys } from '#core/posts/clear-keys'
import { schedule } from '../schedules.ts'

export default schedule({ every: '1h', run: clearKeys }, { every: '1d', run: clearTombstones })
