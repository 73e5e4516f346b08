import { kind } from '../kind.ts'

/** Somebody follows the member. */
export default kind({
  name: 'follow',
  headline: (who) => `${who} follows you`,
  groupedBy: 'account',
  isFilterable: true,
})
