import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'

/** A favourite or emoji was taken back: so is its notification, unless whoever it is of gave the post another emoji. */
export async function withdrawOfReaction(ctx: Ctx, fact: Facts['reaction.removed']): Promise<void> {
  if (fact.emoji !== '') return withdrawOfEmoji(ctx, fact)
  await rows(
    ctx,
    `DELETE FROM notifications WHERE post_id = $1 AND from_id = $2 AND kind = 'favourite' AND NOT EXISTS (
       SELECT FROM reactions AS r WHERE r.post_id = $1 AND r.account_id = $2 AND r.emoji = '')`,
    [fact.postId, fact.accountId],
  )
}

async function withdrawOfEmoji(ctx: Ctx, fact: Facts['reaction.removed']): Promise<void> {
  const of = `post_id = $1 AND from_id = $2 AND kind = 'reaction' AND subject_id = $3`
  const values = [fact.postId, fact.accountId, fact.reactionId]
  const other = `(SELECT max(r.id) FROM reactions AS r WHERE r.account_id = $2 AND r.post_id = $1 AND r.emoji <> '')`
  await rows(
    ctx,
    `UPDATE notifications SET subject_id = ${other} WHERE ${of} AND ${other} IS NOT NULL`,
    values,
  )
  await rows(ctx, `DELETE FROM notifications WHERE ${of}`, values)
}

/** A boost was taken back: so is its notification. */
export async function withdrawOfBoost(ctx: Ctx, fact: Facts['post.unboosted']): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM notifications WHERE post_id = $1 AND from_id = $2 AND kind = 'reblog' AND NOT EXISTS (
       SELECT FROM posts AS p WHERE p.boost_of_id = $1 AND p.author_id = $2)`,
    [fact.boostOfId, fact.authorId],
  )
}

/** In SQL: whom a request to follow an account was told, and as what: the account itself, or who moderates the group that it is. */
export const askedFor = (account: string): string =>
  `SELECT ${account}::bigint, 0 UNION ALL SELECT account_id, group_id FROM group_roles WHERE group_id = ${account}`

/** A follow or request is no more: neither are its notifications. */
export async function withdrawOfFollow(
  ctx: Ctx,
  fact: Facts['follow.ended'] | Facts['follow.rejected'],
): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM notifications WHERE from_id = $2 AND kind IN ('follow', 'follow_request')
       AND (account_id, coalesce(post_id, subject_id, 0)) IN (${askedFor('$1')})
       AND NOT EXISTS (SELECT FROM follows AS f WHERE f.follower_id = $2 AND f.followed_id = $1)`,
    [fact.followedId, fact.followerId],
  )
}

/** Who is blocked is in no notification of who blocks (NOTE-05), asks for none, and is not let in any more. */
export async function withdrawOfBlocked(ctx: Ctx, fact: Facts['account.blocked']): Promise<void> {
  for (const table of ['notifications', 'notification_requests', 'notification_permissions'])
    await rows(ctx, `DELETE FROM ${table} WHERE account_id = $1 AND from_id = $2`, [
      fact.blockerId,
      fact.blockedId,
    ])
}

/** Nothing of a blocked domain is in the notifications of who blocks it (NOTE-05, ACCT-39). */
export async function withdrawOfDomain(ctx: Ctx, fact: Facts['domain.blocked']): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM notifications AS n WHERE n.account_id = $1
       AND (SELECT a.domain FROM accounts AS a WHERE a.id = n.from_id) = $2
       AND EXISTS (SELECT FROM domain_blocks AS d WHERE d.account_id = $1 AND d.domain = $2)`,
    [fact.accountId, fact.domain],
  )
}

/** An account is gone: so is all that it was told, that others were told of it, and what was meant for it. */
export async function withdrawOfAccount(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  for (const sql of ofAccount) {
    while ((await rows(ctx, sql, [accountId])).length === BATCH);
  }
  await rows(ctx, 'DELETE FROM notification_permissions WHERE account_id = $1 OR from_id = $1', [accountId])
  await rows(ctx, 'DELETE FROM notification_policies WHERE account_id = $1', [accountId])
}

const BATCH = 1000

const ofAccount = [
  ['notifications', 'from_id'],
  ['notifications', 'account_id'],
  ['conversations', 'account_id'],
  ['notification_requests', 'from_id'],
  ['notification_requests', 'account_id'],
  ['push_subscriptions', 'account_id'],
  ['severances', 'account_id'],
  ['warnings', 'account_id'],
].map(
  ([table, column]) =>
    `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${column} = $1 LIMIT ${BATCH}) RETURNING id`,
)
