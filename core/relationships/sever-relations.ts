import type { Ctx, TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

const BATCH = 500

/**
 * Takes away all that was between others and an account that is gone: follows and requests with their counters, blocks,
 * mutes and lists. Nobody is told of each: the end of the account is told. In batches, so that nothing else waits long
 * a repeat goes on where it stopped.
 */
export async function severRelations(ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> {
  while ((await transact(ctx, (ctx) => severSome(ctx, accountId))) === BATCH);
  for (const sql of others) {
    while ((await rows(ctx, sql, [accountId])).length === BATCH);
  }
  for (const sql of marks) await rows(ctx, sql, [accountId])
}

type Ended = { followerId: Id; followedId: Id; state: 'pending' | 'accepted' }

async function severSome(ctx: TxCtx, accountId: Id): Promise<number> {
  const ended = await rows<Ended>(
    ctx,
    `DELETE FROM follows WHERE id IN (
       SELECT id FROM follows WHERE follower_id = $1 OR followed_id = $1 ORDER BY id LIMIT ${BATCH} FOR UPDATE)
     RETURNING follower_id AS "followerId", followed_id AS "followedId", state`,
    [accountId],
  )
  const accepted = ended.filter(({ state }) => state === 'accepted')
  await rows(ctx, lower, [
    accepted.map(({ followerId }) => followerId),
    accepted.map(({ followedId }) => followedId),
  ])
  return ended.length
}

// Accounts are held in the order of their ids, as everywhere.
const lower = `
  WITH steps AS (
      SELECT id, sum(following) AS following, sum(followers) AS followers FROM (
        SELECT id, 1 AS following, 0 AS followers FROM unnest($1::bigint[]) AS f (id)
        UNION ALL SELECT id, 0, 1 FROM unnest($2::bigint[]) AS f (id)) AS each GROUP BY id),
    held AS MATERIALIZED (SELECT a.id FROM accounts AS a JOIN steps USING (id) ORDER BY a.id FOR NO KEY UPDATE OF a)
  UPDATE accounts AS a SET following_count = greatest(a.following_count - s.following, 0),
    followers_count = greatest(a.followers_count - s.followers, 0)
  FROM steps AS s JOIN held USING (id) WHERE a.id = s.id`

const others = [
  ['blocks', 'blocker_id', 'blocked_id'],
  ['mutes', 'muter_id', 'muted_id'],
  ['list_members', 'account_id', 'account_id'],
  ['lists', 'owner_id', 'owner_id'],
].map(
  ([table, one, other]) => `DELETE FROM ${table} WHERE id IN (
    SELECT id FROM ${table} WHERE ${one} = $1 OR ${other} = $1 LIMIT ${BATCH}) RETURNING id`,
)

// What carries no id of its own is little for any one account.
const marks = [
  'DELETE FROM account_notes WHERE owner_id = $1 OR account_id = $1',
  'DELETE FROM endorsements WHERE endorser_id = $1 OR endorsed_id = $1',
  'DELETE FROM domain_blocks WHERE account_id = $1',
]
