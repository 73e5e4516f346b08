import { clearTombstones } from '#core/accounts/clear-tombstones'
import { clearKeys } from '#core/posts/clear-keys'
import { publishScheduled } from '#core/posts/scheduled/publish-scheduled'
import { schedule } from '../schedules.ts'

export default schedule(
  { every: '5s', run: publishScheduled },
  { every: '1h', run: clearKeys },
  { every: '1d', run: clearTombstones },
)
