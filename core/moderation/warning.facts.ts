import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** The moderators have told a member something. */
    'account.warned': { warningId: Id; accountId: Id }
  }
}
