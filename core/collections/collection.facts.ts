import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** An account was put into a collection and agrees to it. */
    'collection.filled': { collectionId: Id; ownerId: Id; accountId: Id }
    /** Name, description or hashtag of a collection changed. */
    'collection.changed': { collectionId: Id; ownerId: Id }
    /** An account is in a collection no more, or the collection is gone. */
    'collection.left': { collectionId: Id; accountId: Id }
  }
}
