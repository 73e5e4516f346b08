import type { Ctx } from '#core/ctx'
import { forgetThreadMutesOf } from '#core/posts/threads/forget-thread-mutes-of'
import { erasePostsOf } from '#core/posts/erase-posts-of'
import { deliverBoost, deliverUnboost } from '#federation/deliveries/boost'
import { deliverPin, deliverUnpin } from '#federation/deliveries/pin'
import { deliverPollCounts, deliverPollEnd, deliverVote } from '#federation/deliveries/poll'
import { deliverDeletion, deliverEdit, deliverPost } from '#federation/deliveries/post'
import { fetchReplies } from '#federation/fetch-replies'
import { forgetReplies } from '#federation/herd-replies'
import { refreshPoll } from '#federation/refresh-poll'
import type { Facts } from '#platform/facts'
import { consequences } from '../consequences.ts'

const erasePostsOfAccount = (ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> =>
  erasePostsOf(ctx, accountId)

/** What follows from what is done with posts, boosts and polls. */
export default consequences({
  'post.created': [deliverPost],
  'post.edited': [forgetReplies, deliverEdit],
  'post.deleted': [forgetReplies, deliverDeletion],
  'post.boosted': [deliverBoost],
  'post.unboosted': [deliverUnboost],
  'post.pinned': [deliverPin],
  'post.unpinned': [deliverUnpin],
  'thread.asked': [fetchReplies],
  'poll.asked': [refreshPoll],
  'poll.voted': [deliverVote],
  'poll.counted': [deliverPollCounts],
  'poll.ended': [deliverPollEnd],
  'account.deleted': [erasePostsOfAccount, forgetThreadMutesOf],
})
