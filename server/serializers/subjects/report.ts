import { reportsJson } from '../report.ts'
import { subject } from '../subject.ts'

export default subject({ kinds: ['admin.report'], key: 'report', load: reportsJson })
