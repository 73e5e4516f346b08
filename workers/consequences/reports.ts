import { forwardReport } from '#federation/deliveries/report'
import { consequences } from '../consequences.ts'

/** What follows from reports. */
export default consequences({ 'report.filed': [forwardReport] })
