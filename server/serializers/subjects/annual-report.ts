import { subject } from '../subject.ts'

export default subject({
  kinds: ['annual_report'],
  key: 'annual_report',
  load: (_ctx, years) => Promise.resolve(new Map(years.map((year) => [year, { year }]))),
})
