import type { EmojiUse } from '../../accounts/account.model.ts'
import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type PollCard, pollCard } from '../post.queries.ts'
import { visibleTo } from '../post.policy.ts'

/** A poll with what showing it to the actor needs. */
export type PollView = { card: PollCard; emojis: EmojiUse[]; authorId: Id; ownVotes: number[] }

/** Finds a poll of a post that the actor may see. Throws NotFound. One query. */
export async function findPoll(ctx: Ctx, pollId: Id): Promise<PollView> {
  const found = await row<PollView>(
    ctx,
    `SELECT ${pollCard} AS card, p.emojis, p.author_id AS "authorId",
       ARRAY(SELECT v.choice::int FROM votes AS v
         WHERE v.poll_id = q.id AND v.account_id = $2 ORDER BY v.choice) AS "ownVotes"
     FROM polls AS q JOIN posts AS p ON p.id = q.post_id
     WHERE q.id = $1 AND ${visibleTo('$2::bigint')}`,
    [pollId, accountIdOf(ctx.actor) ?? null],
  )
  if (!found) throw new NotFound()
  return found
}
