/** What happens to a notification: it comes into the list, is put aside, or is not even written. */
export type Verdict = 'accept' | 'filter' | 'drop'

// Conditions in SQL about a notice `n`, its sender `s`, and whether the member follows the sender (NOTE-06).
const followed = `EXISTS (SELECT FROM follows AS f WHERE f.follower_id = n."accountId" AND f.followed_id = n."fromId"
  AND f.state = 'accepted')`

/**
 * A condition in SQL: is nothing told of a notice `n` by a sender `s`, whatever the member's policy (NOTE-05)? Blocked or
 * blocking, muted with notifications, of a blocked server and not followed, or about a silenced conversation.
 */
export const isUnwelcome = `
  EXISTS (SELECT FROM blocks AS b WHERE b.blocker_id = n."accountId" AND b.blocked_id = n."fromId")
  OR EXISTS (SELECT FROM blocks AS b WHERE b.blocker_id = n."fromId" AND b.blocked_id = n."accountId")
  OR EXISTS (SELECT FROM mutes AS m WHERE m.muter_id = n."accountId" AND m.muted_id = n."fromId"
    AND m.hides_notifications AND (m.expires_at IS NULL OR m.expires_at > now()))
  OR (s.domain IS NOT NULL AND NOT ${followed}
    AND EXISTS (SELECT FROM domain_blocks AS d WHERE d.account_id = n."accountId" AND d.domain = s.domain))
  OR EXISTS (SELECT FROM posts AS p JOIN thread_mutes AS t ON t.thread_id = p.thread_id AND t.account_id = n."accountId"
    WHERE p.id = n."postId")`

const followerAt = (
  now: string,
): string => `EXISTS (SELECT FROM follows AS f WHERE f.follower_id = n."fromId" AND f.followed_id = n."accountId"
  AND f.state = 'accepted' AND f.created_at <= ${now}::timestamptz - interval '3 days')`

// An answer to a direct post in which the member had named the sender, however far up the thread.
const isAnswer = `EXISTS (
  WITH RECURSIVE up AS (
    SELECT p.reply_to_id AS id, 0 AS depth FROM posts AS p WHERE p.id = n."postId"
    UNION ALL SELECT p.reply_to_id, up.depth + 1 FROM up JOIN posts AS p ON p.id = up.id WHERE up.depth < 100)
  SELECT FROM up JOIN posts AS p ON p.id = up.id
  WHERE p.author_id = n."accountId" AND p.visibility = 'direct'
    AND EXISTS (SELECT FROM mentions AS m WHERE m.post_id = p.id AND m.account_id = n."fromId"))`

const isPrivateMention = `(n.kind = 'mention' AND (SELECT p.visibility = 'direct' FROM posts AS p WHERE p.id = n."postId"))`

/** Whom each part of the policy is for, and what it says unless the member chose otherwise. */
const partsAt = (now: string): [column: string, usual: Verdict, condition: string][] => [
  ['for_not_following', 'accept', `NOT ${followed}`],
  ['for_not_followers', 'accept', `NOT ${followerAt(now)}`],
  [
    'for_new_accounts',
    'accept',
    `s.created_at > ${now}::timestamptz - interval '30 days' AND NOT ${followed}`,
  ],
  ['for_private_mentions', 'filter', `${isPrivateMention} AND NOT ${followed} AND NOT ${isAnswer}`],
  ['for_limited_accounts', 'filter', `s.silenced_at IS NOT NULL AND NOT ${followed}`],
  ['for_bots', 'accept', `s.kind IN ('service', 'application') AND NOT ${followed}`],
]

// Nothing is asked about what is accepted in any case.
const says = (verdict: Verdict, now: string): string =>
  partsAt(now)
    .map(([column, usual, condition]) =>
      `CASE WHEN coalesce(y.${column}, '${usual}') = '${verdict}' THEN ${condition} ELSE false END`.replaceAll(
        /\s+/g,
        ' ',
      ),
    )
    .join(' OR ')

const isPermitted = `EXISTS (SELECT FROM notification_permissions AS w WHERE w.account_id = n."accountId" AND w.from_id = n."fromId")`

// Moderators reach members with mentions whatever the policy says.
const isStaff = `(n.kind = 'mention' AND EXISTS (SELECT FROM users AS u JOIN users AS me ON me.account_id = n."accountId"
  WHERE u.account_id = n."fromId" AND u.role <> 'user' AND me.role = 'user'))`

/**
 * An expression in SQL that gives the verdict on a notice `n` (NOTE-06, NOTE-07): dropping beats putting aside. Takes the
 * member's policy `y` (null for one who never chose), the sender's account `s`, and the time `now`, a parameter.
 */
export const verdictAt = (now: string): string => `CASE
  WHEN NOT n."isFilterable" OR ${isPermitted} OR ${isStaff} THEN 'accept'
  WHEN ${says('drop', now)} THEN 'drop'
  WHEN ${says('filter', now)} THEN 'filter' ELSE 'accept' END`
