import { kind } from '../kind.ts'

/** A post that the member boosted was edited. */
export default kind({
  name: 'update',
  headline: (who) => `${who} edited a post that you boosted`,
  hasPost: true,
})
