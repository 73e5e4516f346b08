import { kind } from '../kind.ts'

/** Somebody asks to follow the member. */
export default kind({ name: 'follow_request', isFilterable: true })
