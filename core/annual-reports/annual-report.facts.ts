import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** A member wants to see a year summed up. */
    'annual-report.requested': { accountId: Id; year: number }
    /** It can be read. */
    'annual-report.made': { accountId: Id; year: number }
  }
}
