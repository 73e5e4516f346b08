import { kind } from '../kind.ts'

/** A post that the member quoted was edited; the post is the one that was edited. */
export default kind({
  name: 'quoted_update',
  headline: (who) => `${who} edited a post that you quoted`,
  hasPost: true,
})
