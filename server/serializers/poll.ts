import type { EmojiUse } from '#core/accounts/account.model'
import { isOver } from '#core/posts/polls/poll.policy'
import type { PollCard } from '#core/posts/post.queries'
import { emojiUsesJson } from './emoji.ts'

/** How a viewer stands to a poll; undefined for somebody who is not logged in. */
export type Voter = { isAuthor: boolean; ownVotes: number[] } | undefined

/**
 * A poll as one viewer sees it (POLL-01, POLL-02, POLL-04). `emojis` are those of its post. Who asks a question counts
 * as having answered it.
 */
export function pollJson(poll: PollCard, emojis: readonly EmojiUse[], voter: Voter) {
  const [expiresAt, closedAt] = [dateOf(poll.expiresAt), dateOf(poll.closedAt)]
  const expired = isOver({ expiresAt, closedAt })
  const votes = poll.tallies.reduce((sum, count) => sum + count, 0)
  const titles = poll.options.join('\n')
  return {
    id: poll.id,
    expires_at: expiresAt?.toISOString() ?? null,
    expired,
    multiple: poll.isMultiple,
    votes_count: votes,
    // Of a single choice the number of voters is that of votes, or is not told (TRIP-53).
    voters_count: poll.votersCount === null || poll.isMultiple ? poll.votersCount : votes,
    options: poll.options.map((title, at) => ({
      title,
      votes_count: poll.hidesTotals && !expired ? null : (poll.tallies[at] ?? 0),
    })),
    emojis: emojiUsesJson(emojis.filter(({ shortcode }) => titles.includes(`:${shortcode}:`))),
    ...(voter ? { voted: voter.isAuthor || voter.ownVotes.length > 0, own_votes: voter.ownVotes } : {}),
  }
}

const dateOf = (time: string | null): Date | null => (time === null ? null : new Date(time))
