import { clearAbandonedSignUps } from '#core/auth/clear-abandoned-sign-ups'
import { clearStaleAccess } from '#core/auth/clear-stale-access'
import { clearUnusedApps } from '#core/auth/clear-unused-apps'
import { schedule } from '../schedules.ts'

export default schedule(
  { every: '1h', run: clearStaleAccess },
  { every: '1h', run: clearUnusedApps },
  { every: '1d', run: clearAbandonedSignUps },
)
