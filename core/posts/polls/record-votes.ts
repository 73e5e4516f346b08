import type { TxCtx } from '../../ctx.ts'
import { inSeconds } from '#platform/clock'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'

/** A poll that nobody else can change until the transaction ends. */
export type HeldPoll = {
  id: Id
  postId: Id
  authorId: Id
  /** It is of this instance, which counts for all others. */
  isOurs: boolean
  options: string[]
  tallies: number[]
  isMultiple: boolean
  expiresAt: Date | null
  closedAt: Date | null
}

const held = (condition: string): string =>
  `SELECT q.id, q.post_id AS "postId", p.author_id AS "authorId", p.uri IS NULL AS "isOurs", q.options, q.tallies, q.is_multiple AS "isMultiple",
     q.expires_at AS "expiresAt", q.closed_at AS "closedAt"
   FROM polls AS q JOIN posts AS p ON p.id = q.post_id WHERE ${condition} FOR NO KEY UPDATE OF p, q`
const byId = held('q.id = $1')
const byPost = held('q.post_id = $1')

/** Holds a poll, named by its own id or that of its post, so that votes in it are counted one after the other. */
export const holdPoll = (ctx: TxCtx, poll: { pollId: Id } | { postId: Id }): Promise<HeldPoll | undefined> =>
  'pollId' in poll ? row<HeldPoll>(ctx, byId, [poll.pollId]) : row<HeldPoll>(ctx, byPost, [poll.postId])

/** The choices that somebody made in a poll before. */
export const choicesOf = async (ctx: TxCtx, pollId: Id, accountId: Id): Promise<number[]> =>
  (
    await rows<{ choice: number }>(ctx, 'SELECT choice FROM votes WHERE poll_id = $1 AND account_id = $2', [
      pollId,
      accountId,
    ])
  ).map(({ choice }) => choice)

type Ballot = { accountId: Id; choices: number[]; isFirst: boolean; uri?: string | null }

// How often others are told at most (federation rule 188).
const PAUSE_SECONDS = 180

/** Writes votes that were checked, counts them and states the fact. */
export async function recordVotes(ctx: TxCtx, poll: HeldPoll, ballot: Ballot): Promise<void> {
  const { accountId, choices, isFirst, uri = null } = ballot
  await rows(
    ctx,
    'INSERT INTO votes (poll_id, account_id, choice, uri) SELECT $1, $2, choice, $4 FROM unnest($3::smallint[]) AS choice',
    [poll.id, accountId, choices, uri],
  )
  const tallies = poll.options.map((_, at) => (poll.tallies[at] ?? 0) + (choices.includes(at) ? 1 : 0))
  await rows(ctx, 'UPDATE polls SET tallies = $2, voters_count = voters_count + $3 WHERE id = $1', [
    poll.id,
    tallies,
    isFirst ? 1 : 0,
  ])
  await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [poll.postId])
  await emit(ctx, 'poll.voted', { pollId: poll.id, postId: poll.postId, accountId })
  const told = { dueAt: inSeconds(PAUSE_SECONDS), key: `counts of ${poll.id}` }
  if (poll.isOurs) await emit(ctx, 'poll.counted', { pollId: poll.id }, told)
}
