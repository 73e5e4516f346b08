import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { Forbidden, Invalid, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findPost } from '../find-post.ts'
import { isOver } from './poll.policy.ts'
import { choicesOf, type HeldPoll, holdPoll, recordVotes } from './record-votes.ts'

/**
 * Votes in a poll, here or elsewhere; choices count from 0. Throws NotFound when the poll may not be seen, Invalid for a
 * vote that is against the rules (POLL-03).
 */
export async function voteInPoll(
  ctx: Ctx,
  { pollId, choices }: { pollId: Id; choices: number[] },
): Promise<void> {
  const accountId = accountIdOf(ctx.actor)
  if (!accountId) throw new Forbidden()
  await transact(ctx, async (ctx) => {
    const poll = await holdPoll(ctx, { pollId })
    if (!poll) throw new NotFound()
    await findPost(ctx, poll.postId)
    const chosen = [...new Set(choices)]
    assertAllowed(poll, accountId, chosen)
    if ((await choicesOf(ctx, pollId, accountId)).length > 0)
      throw new Invalid('Validation failed: You have already voted on this poll')
    await recordVotes(ctx, poll, { accountId, choices: chosen, isFirst: true })
  })
}

function assertAllowed(poll: HeldPoll, accountId: Id, choices: number[]): void {
  if (isOver(poll)) throw new Invalid('Validation failed: The poll has already ended')
  if (poll.authorId === accountId) throw new Invalid('Validation failed: You cannot vote in your own polls')
  if (choices.length === 0) throw new Invalid("Validation failed: Choices can't be blank")
  if (choices.some((choice) => !(choice in poll.options)))
    throw new Invalid('Validation failed: The chosen vote option does not exist')
  if (choices.length > 1 && !poll.isMultiple)
    throw new Invalid('Validation failed: This poll takes one choice only')
}
