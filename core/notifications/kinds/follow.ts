import { kind } from '../kind.ts'

/** Somebody follows the member. */
export default kind({ name: 'follow', groupedBy: 'account', isFilterable: true })
