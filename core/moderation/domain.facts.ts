import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** Nothing is taken from a domain or sent there any more, nor of those below it. */
    'domain.suspended': { domain: string }
    /** What barred an account elsewhere is no more; `since` is the mark of it, to the microsecond. */
    'account.pardoned': { accountId: Id; since: string }
  }
}
