import type { TxCtx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import type { PollDraft } from '../post-draft.ts'
import { recordPoll } from '../record-poll.ts'

/** What of a poll counts in an edit. */
export type Asked = {
  id: Id
  options: string[]
  tallies: number[]
  votersCount: number | null
  isMultiple: boolean
  hidesTotals: boolean
  expiresAt: Date | null
  closedAt: Date | null
}

/** The poll of a post, which nobody can vote in until the transaction ends. */
export const pollOfPost = (ctx: TxCtx, postId: Id): Promise<Asked | undefined> =>
  row<Asked>(
    ctx,
    `SELECT id, options, tallies, voters_count AS "votersCount", is_multiple AS "isMultiple",
       hides_totals AS "hidesTotals", expires_at AS "expiresAt", closed_at AS "closedAt"
     FROM polls WHERE post_id = $1 FOR UPDATE`,
    [postId],
  )

/** Is it another question: with other options, or another number of choices (STAT-14)? */
export const changesPoll = (current: Asked | undefined, wanted: PollDraft | null): boolean =>
  (current === undefined) !== (wanted === null) ||
  (current !== undefined &&
    wanted !== null &&
    (current.isMultiple !== wanted.isMultiple ||
      current.options.length !== wanted.options.length ||
      current.options.some((option, at) => option !== wanted.options[at])))

/**
 * Makes the poll of a post what the draft says. Another question loses its votes; end, secrecy and counts change without
 * (STAT-14). One that its author closed ends with that, for all who voted (POLL-05). Gives whether anything changed.
 */
export async function editPoll(
  ctx: TxCtx,
  postId: Id,
  current: Asked | undefined,
  wanted: PollDraft | null,
): Promise<boolean> {
  if (changesPoll(current, wanted)) {
    await rows(ctx, 'DELETE FROM polls WHERE post_id = $1', [postId])
    if (wanted) await recordPoll(ctx, postId, wanted)
    return true
  }
  if (!current || !wanted || !differs(current, wanted)) return false
  const isOpenAgain = wanted.expiresAt !== null && wanted.expiresAt > now()
  const [poll] = await rows<{ authorId: Id }>(
    ctx,
    `UPDATE polls SET hides_totals = $2, expires_at = $3, closed_at = $4, tallies = $5, voters_count = $6, fetched_at = $7
     FROM posts WHERE polls.id = $1 AND posts.id = polls.post_id RETURNING posts.author_id AS "authorId"`,
    [
      current.id,
      wanted.hidesTotals ?? current.hidesTotals,
      wanted.expiresAt,
      wanted.closedAt ?? (isOpenAgain ? null : current.closedAt),
      wanted.tallies ?? current.tallies,
      wanted.votersCount === undefined ? current.votersCount : wanted.votersCount,
      now(),
    ],
  )
  if (poll && wanted.closedAt && !current.closedAt)
    await emit(ctx, 'poll.ended', { pollId: current.id, postId, authorId: poll.authorId })
  return true
}

const differs = (current: Asked, wanted: PollDraft): boolean =>
  (wanted.hidesTotals ?? current.hidesTotals) !== current.hidesTotals ||
  wanted.expiresAt?.getTime() !== current.expiresAt?.getTime() ||
  (wanted.closedAt !== undefined && wanted.closedAt?.getTime() !== current.closedAt?.getTime()) ||
  (wanted.tallies ?? current.tallies).some((count, at) => count !== current.tallies[at]) ||
  (wanted.votersCount !== undefined && wanted.votersCount !== current.votersCount)
