import type { Id } from '#platform/ids'
import type { Visibility } from './post.model.ts'

declare module '#platform/facts' {
  interface Facts {
    /** Of what was read where it stands, long after it was said (`isQuiet`), nobody is told. */
    'post.created': { postId: Id; authorId: Id; isQuiet?: boolean }
    'post.edited': { postId: Id; authorId: Id }
    /** `postId` is the boost itself. */
    'post.boosted': { postId: Id; authorId: Id; boostOfId: Id; isQuiet?: boolean }
    /** `uri` is that of the boost; null when it was made here. */
    'post.unboosted': { postId: Id; authorId: Id; boostOfId: Id; uri: string | null }
    'post.deleted': DeletedPost
    /** Replies that came before what they answer are tied to it. */
    'replies.linked': { replies: { postId: Id; authorId: Id }[] }
    'post.pinned': { postId: Id; authorId: Id }
    'post.unpinned': { postId: Id; authorId: Id; uri: string | null }
    /** A post quotes another one, which has not been accepted yet. */
    'quote.made': { postId: Id; authorId: Id }
    /** `authorId` wrote the post that quotes. */
    'quote.accepted': { postId: Id; authorId: Id; quotedId: Id }
    /** How a quote stands has changed since the post was made. */
    'quote.changed': { postId: Id; authorId: Id }
    /** An author here took back that a post may quote theirs. */
    'quote.revoked': { postId: Id; quotedId: Id }
    /** An author here answers somebody elsewhere who asked to quote a post of theirs. */
    'quote.answered': QuoteAnswer
    'quote.policyChanged': { postId: Id; authorId: Id }
    /** Somebody reads the thread of a post of another server, which may know more of it. */
    'thread.asked': { postId: Id }
    /** Somebody reads a poll of another server, which may have newer counts. */
    'poll.asked': { postId: Id }
    'poll.voted': { pollId: Id; postId: Id; accountId: Id }
    /** The votes in a poll of ours are others than was told last: put off, so that it is told rarely. */
    'poll.counted': { pollId: Id }
    'poll.ended': { pollId: Id; postId: Id; authorId: Id }
  }
}

/** What was asked, with the addresses that the asking server gave it, and what the answer is. */
export type QuoteAnswer = {
  quotedId: Id
  requestUri: string
  actorId: Id
  instrumentUri: string
  /** The post that quotes; null when it is refused. */
  postId: Id | null
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
  /** Accounts elsewhere that boosted, liked, answered or quoted it, or that it quotes: their servers have a copy. */
  reachedIds: Id[]
  /** Of a public post: whoever follows them may have it. */
  hashtagIds: Id[]
  /** The group that it was in, here or elsewhere. */
  groupId: Id | null
  /** Attachments that nobody will use again. */
  mediaIds: Id[]
}
