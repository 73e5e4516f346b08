import type { Ctx } from '../../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { assertMayWrite, isBlockedBy } from '../receive-post.ts'
import { isOver } from './poll.policy.ts'
import { choicesOf, holdPoll, recordVotes } from './record-votes.ts'

/** A vote of another server: the option by its text, in the poll of a post of ours. */
export type RemoteVote = { accountId: Id; postId: Id; option: string; uri?: string | null }

/**
 * Takes a vote of another server. Votes that come late, twice, for an option that is not there or from somebody blocked
 * are dropped without a word (federation rules 125, 148 and 226). Gives whether it counted. Throws Forbidden when the
 * voter is no active account of another server.
 */
export async function receiveVote(
  ctx: Ctx,
  { accountId, postId, option, uri }: RemoteVote,
): Promise<boolean> {
  await assertMayWrite(ctx, accountId)
  return transact(ctx, async (ctx) => {
    const poll = await holdPoll(ctx, { postId })
    const choice = poll?.options.indexOf(option) ?? -1
    if (!poll || choice < 0 || isOver(poll) || (await isBlockedBy(ctx, postId, accountId))) return false
    const before = await choicesOf(ctx, poll.id, accountId)
    if (before.includes(choice) || (before.length > 0 && !poll.isMultiple)) return false
    await recordVotes(ctx, poll, {
      accountId,
      choices: [choice],
      isFirst: before.length === 0,
      uri: uri ?? null,
    })
    return true
  })
}
