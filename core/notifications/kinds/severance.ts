import { kind } from '../kind.ts'

/** The member lost followers or followed accounts because of a block or suspension; the subject is a severance. */
export default kind({
  name: 'severed_relationships',
  hasSubject: true,
  ofOneself: true,
  title: 'You have lost connections',
})
