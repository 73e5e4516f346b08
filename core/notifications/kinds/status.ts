import { kind } from '../kind.ts'

/** Somebody whom the member wants to hear of has posted. */
export default kind({ name: 'status', headline: (who) => `${who} has posted`, hasPost: true })
