import { kind } from '../kind.ts'

/** Somebody boosted the member's post. */
export default kind({ name: 'reblog', hasPost: true, groupedBy: 'post', isFilterable: true })
