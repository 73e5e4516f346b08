import { kind } from '../kind.ts'

/** A collection that the member is in was changed; the collection is the subject. */
export default kind({
  name: 'collection_update',
  headline: (who) => `${who} changed a collection that you are in`,
  hasSubject: true,
  title: 'A collection that you are in was changed',
})
