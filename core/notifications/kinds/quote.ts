import { kind } from '../kind.ts'

/** Somebody quotes the member's post; the post is the one that quotes. */
export default kind({ name: 'quote', hasPost: true, isFilterable: true })
