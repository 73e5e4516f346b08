import { forgetFiltersOf } from '#core/filters/forget-filters-of'
import { consequences } from '../consequences.ts'

/** What becomes of filters. */
export default consequences({ 'account.deleted': [forgetFiltersOf] })
