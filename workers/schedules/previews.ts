import { clearPreviews } from '#core/previews/clear-previews'
import { schedule } from '../schedules.ts'

export default schedule({ every: '1d', run: clearPreviews })
