import { kind } from '../kind.ts'

/** Somebody joined this instance: moderators hear of it. */
export default kind({
  name: 'admin.sign_up',
  headline: (who) => `${who} signed up`,
  groupedBy: 'account',
  title: 'Somebody signed up',
})
