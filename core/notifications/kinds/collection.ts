import { kind } from '../kind.ts'

/** Somebody put the member into a collection, which is the subject. */
export default kind({
  name: 'added_to_collection',
  headline: (who) => `${who} added you to a collection`,
  hasSubject: true,
  isFilterable: true,
  title: 'You were added to a collection',
})
