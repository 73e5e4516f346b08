import { kind } from '../kind.ts'

/** Somebody quotes the member's post; the post is the one that quotes. */
export default kind({
  name: 'quote',
  headline: (who) => `${who} quoted your post`,
  hasPost: true,
  isFilterable: true,
})
