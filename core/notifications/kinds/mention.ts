import { kind } from '../kind.ts'

/** Somebody names the member in a post. */
export default kind({ name: 'mention', hasPost: true, isFilterable: true })
