import type { Id } from '#platform/ids'

/**
 * `actorId` is the moderator who did it; one elsewhere has told the group by an activity of their own. `deedId` tells it apart
 * from the same done again.
 */
type Deed = { groupId: Id; actorId: Id; deedId: Id }

declare module '#platform/facts' {
  interface Facts {
    'group.created': { groupId: Id; ownerId: Id }
    /** A member looked for a group of another server that was not known here. */
    'group.met': { groupId: Id }
    /** Somebody became a moderator, or is none any more; of a change among moderators nobody else is told. */
    'group.moderatorAdded': Deed & { accountId: Id }
    'group.moderatorRemoved': Deed & { accountId: Id }
    'group.memberBanned': Deed & { accountId: Id; blockId: Id }
    'group.memberUnbanned': Deed & { accountId: Id; blockId: Id }
    /** It is in the group no more, and stays with its author. */
    'group.postRemoved': Deed & { postId: Id }
    'group.threadLocked': Deed & { postId: Id }
    'group.threadUnlocked': Deed & { postId: Id }
    'group.postPinned': Deed & { postId: Id }
    'group.postUnpinned': Deed & { postId: Id }
  }
}
