import { kind } from '../kind.ts'

/** The moderators have a word with the member; the subject is a warning. */
export default kind({
  name: 'moderation_warning',
  headline: () => 'You have received a warning from the moderators',
  hasSubject: true,
  ofOneself: true,
  title: 'You have received a warning from the moderators',
})
