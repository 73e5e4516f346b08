import { kind } from '../kind.ts'

/** Somebody reports an account to the moderators. */
export default kind({
  name: 'admin.report',
  headline: (who) => `${who} reported an account`,
  hasSubject: true,
  title: 'An account was reported',
})
