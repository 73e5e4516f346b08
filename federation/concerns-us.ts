import type { Id } from '#platform/ids'
import type { RemotePost } from '#core/posts/remote-post'
import { row } from '#platform/db'
import { parseOurs } from '#core/addresses'

// A follow that waits for its answer counts too: the first posts may overtake the Accept.
const isFollowed = `EXISTS (SELECT 1 FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
               WHERE f.followed_id = $1 AND a.domain IS NULL)`

/**
 * Does a post that came unasked concern anybody here: by a member's follow, by naming a member, or by answering
 * or quoting something that is here? What concerns nobody is taken and forgotten (federation rule 34).
 */
export async function concernsUs(draft: RemotePost): Promise<boolean> {
  if (draft.replyToUri && parseOurs(draft.replyToUri)) return true
  if (draft.quote && parseOurs(draft.quote.uri)) return true
  const found = await row(
    {},
    `SELECT 1 AS one WHERE
       ${isFollowed}
       OR EXISTS (SELECT 1 FROM accounts WHERE id = ANY ($2::bigint[]) AND domain IS NULL)
       OR EXISTS (SELECT 1 FROM posts WHERE uri = $3)`,
    [draft.authorId, (draft.mentions ?? []).map(({ accountId }) => accountId), draft.replyToUri ?? null],
  )
  return found !== undefined
}

/** Does any member follow this account, or ask to? */
export const isFollowedHere = async (accountId: Id): Promise<boolean> =>
  (await row({}, `SELECT 1 AS one WHERE ${isFollowed}`, [accountId])) !== undefined

/** Does a boost concern anybody here: by a follow of the booster, or because the post is by a member? */
export async function boostConcernsUs(boosterId: Id, postId: Id | undefined): Promise<boolean> {
  const found = await row(
    {},
    `SELECT 1 AS one WHERE
       ${isFollowed}
       OR EXISTS (SELECT 1 FROM posts WHERE id = $2 AND uri IS NULL)`,
    [boosterId, postId ?? null],
  )
  return found !== undefined
}

/** Does any member follow, block or mute this account? */
export async function matters(accountId: Id): Promise<boolean> {
  const found = await row(
    {},
    `SELECT 1 AS one FROM (SELECT follower_id AS id FROM follows WHERE followed_id = $1
       UNION ALL SELECT blocker_id FROM blocks WHERE blocked_id = $1
       UNION ALL SELECT muter_id FROM mutes WHERE muted_id = $1) AS known
     JOIN accounts AS a ON a.id = known.id AND a.domain IS NULL LIMIT 1`,
    [accountId],
  )
  return found !== undefined
}
