import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** A member is told something: on open streams at once, by whatever else from here. */
    'notification.created': { notificationId: Id; accountId: Id }
  }
}
