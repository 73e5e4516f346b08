import { kind } from '../kind.ts'

/** A poll that the member made or voted in has ended. */
export default kind({ name: 'poll', hasPost: true, ofOneself: true })
