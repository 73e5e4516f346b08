import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** Somebody joined here. */
    'account.created': { accountId: Id }
    /** A profile changed, here or elsewhere. */
    'account.updated': { accountId: Id }
    /** A member moved away, or somebody elsewhere did; both accounts say so. */
    'account.moved': { accountId: Id; targetId: Id }
    /** An account is gone for good; `uri` is its ActivityPub id. */
    'account.deleted': { accountId: Id; uri: string }
  }
}
