import { kind } from '../kind.ts'

/** A poll that the member made or voted in has ended. */
export default kind({ name: 'poll', headline: () => 'A poll has ended', hasPost: true, ofOneself: true })
