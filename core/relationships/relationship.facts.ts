import type { Id } from '#platform/ids'

/** `uri` is the id of the Follow that another server sent, null for follows made here. */
export type FollowPair = { followId: Id; followerId: Id; followedId: Id; uri: string | null }
export type BlockPair = { blockId: Id; blockerId: Id; blockedId: Id }

declare module '#platform/facts' {
  interface Facts {
    /** A request waits for an answer, here or elsewhere. */
    'follow.requested': FollowPair
    /** From now on the follower sees the posts: by the followed one's word, or at once. */
    'follow.accepted': FollowPair
    /** The request was refused, or the follower was removed. */
    'follow.rejected': FollowPair
    /** The follower stopped following or took the request back. `wasAccepted` tells which. */
    'follow.ended': FollowPair & { wasAccepted: boolean }
    /** The server of an account has other members of ours among its followers; `url` is where it lists them. */
    'follows.doubted': { accountId: Id; url: string }
    'account.blocked': BlockPair
    'account.unblocked': BlockPair
    'account.muted': { muterId: Id; mutedId: Id }
    'account.unmuted': { muterId: Id; mutedId: Id }
    /** A member lost relations at once: a domain was blocked, an account suspended. */
    'relationships.severed': { severanceId: Id; accountId: Id }
    'domain.blocked': { accountId: Id; domain: string }
    'list.changed': { listId: Id; ownerId: Id }
  }
}
