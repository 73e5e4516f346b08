import type { Id } from '#platform/ids'
import type { Post, Visibility } from './post.model.ts'

/** What counts between a viewer and a post. */
export type Relation = {
  /** One of viewer and author blocks the other. */
  isBlocked: boolean
  follows: boolean
  isMentioned: boolean
}

/** May this viewer (undefined: somebody who is not logged in) see a post (STAT-02)? `visibleTo` says the same in SQL. */
export function canSee(
  viewer: Id | undefined,
  post: Pick<Post, 'authorId' | 'visibility'>,
  { isBlocked, follows, isMentioned }: Relation,
): boolean {
  if (viewer === post.authorId) return true
  if (isBlocked) return false
  if (isOpen(post.visibility)) return true
  return viewer !== undefined && (isMentioned || (follows && post.visibility === 'private'))
}

/** Is it for everybody, on lists or off them? */
export const isOpen = (visibility: Visibility): boolean =>
  visibility === 'public' || visibility === 'unlisted'

/**
 * A condition in SQL: may `viewer` see the post in `post`? Every list and every single read asks it (STAT-01, STAT-02,
 * ACCT-18, ACCT-19, ACCT-27). Takes an expression for the viewer's account id (`'$1::bigint'`; null for somebody who is
 * not logged in) and the alias of a row of `posts`. A boost can be seen by whoever can see both it and its original.
 */
export const visibleTo = (viewer: string, post = 'p'): string =>
  `(${openTo(viewer, post)} AND (${post}.boost_of_id IS NULL OR EXISTS (
     SELECT FROM posts AS original WHERE original.id = ${post}.boost_of_id AND ${openTo(viewer, 'original')})))`

// Scalar subqueries are asked of an index for each row. As NOT EXISTS, PostgreSQL would join them: it would read all
// accounts, or go through all blocks of the viewer for each row, where a page needs only a few. As EXISTS, it might read
// all that names the viewer into memory.
const openTo = (viewer: string, post: string): string =>
  `((SELECT author.suspended_at IS NULL AND author.gone_at IS NULL FROM accounts AS author
       WHERE author.id = ${post}.author_id)
     AND (${post}.author_id = ${viewer} OR (${unblocked(viewer, `${post}.author_id`)}
       AND (${post}.visibility IN ('public', 'unlisted')
         OR (SELECT true FROM mentions AS m WHERE m.post_id = ${post}.id AND m.account_id = ${viewer}) IS NOT NULL
         OR (${post}.visibility = 'private' AND (SELECT true FROM follows AS f WHERE f.follower_id = ${viewer}
           AND f.followed_id = ${post}.author_id AND f.state = 'accepted') IS NOT NULL)))))`

/** A condition in SQL: does neither of `viewer` and `account` block the other? Takes expressions for two account ids. */
export const unblocked = (viewer: string, account: string): string =>
  `((SELECT true FROM blocks AS b WHERE b.blocker_id = ${account} AND b.blocked_id = ${viewer}) IS NULL
     AND (SELECT true FROM blocks AS b WHERE b.blocker_id = ${viewer} AND b.blocked_id = ${account}) IS NULL)`

/**
 * A condition in SQL: is `account` of no server that `viewer` blocks (ACCT-39)? Costs nothing for each row while the viewer
 * blocks no server. Takes expressions for two account ids.
 */
export const outsideBlockedDomains = (viewer: string, account: string): string =>
  `((SELECT true FROM domain_blocks AS ds WHERE ds.account_id = ${viewer} LIMIT 1) IS NULL
     OR (SELECT true FROM domain_blocks AS ds WHERE ds.account_id = ${viewer}
       AND ds.domain = (SELECT da.domain FROM accounts AS da WHERE da.id = ${account})) IS NULL)`

/**
 * A condition in SQL: does `viewer` want to meet `account` in a list of many people's posts? Not when one blocks the
 * other, nor while it is muted, nor when its server is blocked (STAT-09, ACCT-21). Takes expressions for two account ids.
 */
export const welcomeTo = (viewer: string, account: string): string =>
  `(${unblocked(viewer, account)} AND ${outsideBlockedDomains(viewer, account)} AND (SELECT true FROM mutes AS mu WHERE mu.muter_id = ${viewer}
     AND mu.muted_id = ${account} AND (mu.expires_at IS NULL OR mu.expires_at > now())) IS NULL)`

/**
 * A condition in SQL: may `viewer` come across the author of `p` without looking for them? Whoever is limited reaches followers
 * only (federation rule 229). Takes an expression for an account id, null for somebody who is not logged in.
 */
export const reaches = (viewer: string): string =>
  `(SELECT au.silenced_at IS NULL OR au.id IS NOT DISTINCT FROM ${viewer} OR (SELECT true FROM follows AS lf
     WHERE lf.follower_id = ${viewer} AND lf.followed_id = au.id AND lf.state = 'accepted') IS NOT NULL
   FROM accounts AS au WHERE au.id = p.author_id)`

/**
 * A condition in SQL: may `viewer` come across the reply `p` in its thread? What the author of its parent refused stays there for
 * its author and their followers (federation rule 219). Takes an expression for an account id, null for nobody.
 */
export const unrefused = (viewer: string): string =>
  `((SELECT true FROM refused_replies AS rr WHERE rr.post_id = p.id) IS NULL OR p.author_id IS NOT DISTINCT FROM ${viewer}
     OR (SELECT true FROM follows AS rf WHERE rf.follower_id = ${viewer} AND rf.followed_id = p.author_id
       AND rf.state = 'accepted') IS NOT NULL)`

/** A condition in SQL: is `p` in one of the languages that the viewer chose, if any (TL-10)? */
export const isInLanguages = (
  viewer: string,
): string => `(p.language IS NULL OR p.author_id = ${viewer} OR NOT EXISTS (
  SELECT FROM users AS u WHERE u.account_id = ${viewer} AND u.chosen_languages IS NOT NULL
    AND NOT p.language = ANY (u.chosen_languages)))`

const order: Visibility[] = ['public', 'unlisted', 'private', 'direct']

/** Do fewer people see the first than the second? */
export const isNarrower = (one: Visibility, than: Visibility): boolean =>
  order.indexOf(one) > order.indexOf(than)

/** A reply to a private or direct post is at most as visible as what it answers (federation rule 137). */
export const visibilityOfReply = (wanted: Visibility, parent: Visibility): Visibility =>
  isOpen(parent) || order.indexOf(wanted) > order.indexOf(parent) ? wanted : parent
