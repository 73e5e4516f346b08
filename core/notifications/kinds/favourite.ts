import { kind } from '../kind.ts'

/** Somebody likes the member's post. */
export default kind({ name: 'favourite', hasPost: true, groupedBy: 'post', isFilterable: true })
