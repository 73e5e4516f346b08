import type { Id } from '#platform/ids'
import type { Visibility } from './post.model.ts'

declare module '#platform/facts' {
  interface Facts {
    'post.created': { postId: Id; authorId: Id }
    'post.edited': { postId: Id; authorId: Id }
    /** `postId` is the boost itself. */
    'post.boosted': { postId: Id; authorId: Id; boostOfId: Id }
    /** `uri` is that of the boost; null when it was made here. */
    'post.unboosted': { postId: Id; authorId: Id; boostOfId: Id; uri: string | null }
    'post.deleted': DeletedPost
    'post.pinned': { postId: Id; authorId: Id }
    'post.unpinned': { postId: Id; authorId: Id; uri: string | null }
    'poll.voted': { pollId: Id; postId: Id; accountId: Id }
    'poll.ended': { pollId: Id; postId: Id; authorId: Id }
  }
}

/** What is left of a deleted post: enough to tell everybody who got it. */
export type DeletedPost = {
  postId: Id
  authorId: Id
  /** Null for a post that was made here. */
  uri: string | null
  visibility: Visibility
  mentionedIds: Id[]
  replyToAccountId: Id | null
  /** Accounts elsewhere that boosted, liked or answered it: their servers have a copy. */
  reachedIds: Id[]
  /** Attachments that nobody will use again. */
  mediaIds: Id[]
}
