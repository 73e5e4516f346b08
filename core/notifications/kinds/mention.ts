import { kind } from '../kind.ts'

/** Somebody names the member in a post. */
export default kind({
  name: 'mention',
  headline: (who) => `${who} mentioned you`,
  hasPost: true,
  isFilterable: true,
})
