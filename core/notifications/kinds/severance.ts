import { kind } from '../kind.ts'

/** The member lost followers or followed accounts because of a block or suspension; the subject is a severance. */
export default kind({
  name: 'severed_relationships',
  headline: () => 'You have lost connections',
  hasSubject: true,
  ofOneself: true,
  title: 'You have lost connections',
})
