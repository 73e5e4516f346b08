import { kind } from '../kind.ts'

/** A post that the member boosted was edited. */
export default kind({ name: 'update', hasPost: true })
