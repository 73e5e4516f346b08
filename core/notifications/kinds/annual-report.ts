import { kind } from '../kind.ts'

/** The member's year is summed up; the subject is the year. */
export default kind({
  name: 'annual_report',
  headline: () => 'Your year is summed up',
  hasSubject: true,
  ofOneself: true,
})
