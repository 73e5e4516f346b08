import { kind } from '../kind.ts'

/** Somebody likes the member's post. */
export default kind({
  name: 'favourite',
  headline: (who) => `${who} liked your post`,
  hasPost: true,
  groupedBy: 'post',
  isFilterable: true,
})
