import { processMedium } from '#core/media/process-medium'
import { consequences } from '../consequences.ts'

export default consequences({ 'medium.uploaded': [processMedium] }, { heavy: true })
