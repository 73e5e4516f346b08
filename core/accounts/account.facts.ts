import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** Somebody joined here. */
    'account.created': { accountId: Id }
    /** A profile changed, here or elsewhere. */
    'account.updated': { accountId: Id }
    /** A member moved away, or somebody elsewhere did; both accounts say so. */
    'account.moved': { accountId: Id; targetId: Id }
    /** A profile links to pages that may link back; `accountId` is of whoever it belongs to, here or elsewhere. */
    'account.linked': { accountId: Id }
    /** An account is gone for good; `uri` is its ActivityPub id. */
    'account.deleted': { accountId: Id; uri: string }
  }
}
