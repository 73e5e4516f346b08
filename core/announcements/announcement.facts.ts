import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** Everybody may read it from now on, or reads something else in it. */
    'announcement.published': { announcementId: Id }
    /** Nobody reads it any more. */
    'announcement.withdrawn': { announcementId: Id }
  }
}
