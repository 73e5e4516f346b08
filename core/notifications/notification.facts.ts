import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** A member is told something: on open streams at once, by whatever else from here. */
    'notification.created': { notificationId: Id; accountId: Id }
    /** A member lets a sender in whom their policy had put aside. */
    'notifications.accepted': { accountId: Id; fromId: Id }
  }
}
