import { kind } from '../kind.ts'

/** Somebody boosted the member's post. */
export default kind({
  name: 'reblog',
  headline: (who) => `${who} boosted your post`,
  hasPost: true,
  groupedBy: 'post',
  isFilterable: true,
})
