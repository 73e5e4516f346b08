import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { Poll } from '#core/posts/polls/poll.model'
import { isOver } from '#core/posts/polls/poll.policy'
import { Vote } from '#core/posts/polls/vote.model'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { updatePostActivity, voteActivity } from '../activities.ts'
import { deliver, followerInboxes, inboxesOf } from '../deliveries.ts'
import { loadPosts } from '../load-posts.ts'
import { rows } from '#platform/db'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'

/** Sends the votes of a member of ours in a poll elsewhere, one activity for each choice. */
export async function deliverVote(ctx: Ctx, { pollId, accountId }: Facts['poll.voted']): Promise<void> {
  const [poll, voter] = await Promise.all([Poll.findByPk(pollId), Account.findByPk(accountId)])
  const post = poll ? await Post.findByPk(poll.postId) : null
  const author = post ? await Account.findByPk(post.authorId) : null
  if (!poll || !post || !author || author.isLocal || !voter?.isLocal) return
  const inboxes = await inboxesOf([author.id], { personal: true })
  for (const vote of await Vote.findAll({ where: { pollId, accountId } })) {
    const name = poll.options[vote.choice] ?? ''
    await deliver(
      ctx,
      { activity: voteActivity(vote.id, voter, name, postUri(post), accountUri(author)), senderId: voter.id },
      inboxes,
    )
  }
}

/** Tells voters and followers elsewhere how a poll of ours ended (federation rule 188). */
export const deliverPollEnd = (ctx: Ctx, { pollId }: Facts['poll.ended']): Promise<void> =>
  deliverCounts(ctx, pollId)

/**
 * Tells them how one stands that goes on: some minutes after a vote, and then of all that came meanwhile (federation rule 188).
 * One that keeps its counts to itself until the end is told then.
 */
export async function deliverPollCounts(ctx: Ctx, { pollId }: Facts['poll.counted']): Promise<void> {
  const poll = await Poll.findByPk(pollId)
  if (poll && !poll.hidesTotals && !isOver(poll)) await deliverCounts(ctx, pollId)
}

async function deliverCounts(ctx: Ctx, pollId: Id): Promise<void> {
  const poll = await Poll.findByPk(pollId)
  const [post] = poll ? await loadPosts([poll.postId]) : []
  if (!post || post.uri !== null) return
  const isOpen = post.visibility !== 'direct'
  const [followers, others] = await Promise.all([
    isOpen ? followerInboxes(post.authorId) : [],
    inboxesOf([...post.mentions.map(({ id }) => id), ...(await votersOf(pollId))]),
  ])
  await deliver(
    ctx,
    { activity: updatePostActivity(post, now()), senderId: post.authorId, postId: post.id },
    [...new Set([...followers, ...others])],
  )
}

const votersOf = async (pollId: Id): Promise<Id[]> =>
  (
    await rows<{ id: Id }>({}, 'SELECT DISTINCT account_id AS id FROM votes WHERE poll_id = $1', [pollId])
  ).map(({ id }) => id)
