import type { Id } from '#platform/ids'
import type { RemotePost } from '#core/posts/remote-post'
import { row, rows } from '#platform/db'
import { gather } from '#platform/gather'
import { parseOurs } from '#core/addresses'

// A follow that waits for its answer counts too: the first posts may overtake the Accept.
const follows = (
  account: string,
): string => `EXISTS (SELECT 1 FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
               WHERE f.followed_id = ${account} AND a.domain IS NULL)`
const isFollowed = follows('$1')

/**
 * Does a post that came unasked concern anybody here: by a member's follow, by naming a member, or by answering
 * or quoting something that is here? What concerns nobody is taken and forgotten (federation rule 34).
 */
export async function concernsUs(draft: RemotePost): Promise<boolean> {
  if (draft.replyToUri && parseOurs(draft.replyToUri)) return true
  if (draft.quote && parseOurs(draft.quote.uri)) return true
  return (await isOfUse(draft)) === true
}

// Posts that come in at one moment are judged by one query.
const isOfUse = gather<RemotePost, boolean>(0, async (drafts) => {
  const asked = drafts.map((draft, at) => ({
    at,
    author: draft.authorId,
    named: (draft.mentions ?? []).map(({ accountId }) => accountId),
    parent: draft.replyToUri,
  }))
  const found = await rows<{ at: number }>(
    {},
    `SELECT d.at FROM jsonb_to_recordset($1::jsonb) AS d (at int, author bigint, named bigint[], parent text)
     WHERE ${follows('d.author')}
       OR EXISTS (SELECT 1 FROM accounts WHERE id = ANY (d.named) AND domain IS NULL)
       OR EXISTS (SELECT 1 FROM posts WHERE uri = d.parent)`,
    [JSON.stringify(asked)],
  )
  return new Map(found.map(({ at }) => [drafts[at]!, true]))
})

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
