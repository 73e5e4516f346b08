import { forgetReportsOf } from '#core/annual-reports/forget-reports-of'
import { makeReport } from '#core/annual-reports/make-report'
import { notifyOfAnnualReport } from '#core/notifications/notify-of-annual-report'
import { consequences } from '../consequences.ts'

/** What follows when a member wants a year summed up. */
export default consequences({
  'annual-report.requested': [makeReport],
  'annual-report.made': [notifyOfAnnualReport],
  'account.deleted': [forgetReportsOf],
})
