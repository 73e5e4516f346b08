import { outsideBlockedDomains, visibleTo } from '../posts/post.policy.ts'
import { isWanted } from './timeline.queries.ts'

/**
 * Conditions in SQL that say what belongs into whose feed. They speak of a post `p`, what it boosts `o` (all null for a
 * post of its own), and how the viewer follows the author `f`; `viewer` is an expression for an account id.
 */
export const feedJoins = 'LEFT JOIN posts AS o ON o.id = p.boost_of_id'

const isReply =
  '(p.reply_to_id IS NOT NULL OR p.reply_to_uri IS NOT NULL OR p.reply_to_account_id IS NOT NULL)'

const follows = (viewer: string, account: string): string =>
  `EXISTS (SELECT FROM follows AS fr WHERE fr.follower_id = ${viewer} AND fr.followed_id = ${account}
     AND fr.state = 'accepted')`

/**
 * The viewer may see it, nobody who wrote, boosted, answered or is named in it is blocked or muted (TL-05), and who wrote or
 * boosted it is of no server that the viewer blocks (ACCT-39).
 */
export const welcomeInFeed = (viewer: string): string =>
  `(${visibleTo(viewer, 'p')} AND (p.author_id = ${viewer} OR (
     ${outsideBlockedDomains(viewer, 'p.author_id')} AND ${outsideBlockedDomains(viewer, 'o.author_id')} AND
     NOT EXISTS (SELECT FROM blocks AS fb WHERE fb.blocker_id = ${viewer} AND fb.blocked_id IN (${people}))
     AND NOT EXISTS (SELECT FROM mutes AS fm WHERE fm.muter_id = ${viewer} AND fm.muted_id IN (${people})
       AND (fm.expires_at IS NULL OR fm.expires_at > now())))))`

const people = `SELECT unnest(ARRAY[p.author_id, o.author_id, p.reply_to_account_id, o.reply_to_account_id])
  UNION ALL SELECT fp.account_id FROM mentions AS fp WHERE fp.post_id = coalesce(p.boost_of_id, p.id)`

/** Boosts and languages as the follow wants them (TL-03). */
const asFollowed = `((p.boost_of_id IS NULL OR f.shows_boosts)
  AND (f.languages IS NULL OR coalesce(o.language, p.language) IS NULL
    OR coalesce(o.language, p.language) = ANY (f.languages)))`

/** Is the account in an exclusive list of the viewer, which takes its posts out of home (TL-06)? */
export const isExclusive = (viewer: string, account: string): string =>
  `EXISTS (SELECT FROM list_members AS xm JOIN lists AS x ON x.id = xm.list_id
     WHERE xm.account_id = ${account} AND x.owner_id = ${viewer} AND x.is_exclusive)`

/** Does the post enter the viewer's home (TL-01 to TL-06)? Own posts always do. */
export const entersHome = (viewer: string): string =>
  `(${welcomeInFeed(viewer)} AND (p.author_id = ${viewer} OR (${asFollowed}
     AND (NOT ${isReply} OR p.reply_to_account_id IN (p.author_id, ${viewer})
       OR ${follows(viewer, 'p.reply_to_account_id')})
     AND NOT ${isExclusive(viewer, 'p.author_id')})))`

/**
 * Does the post, which has a hashtag that the viewer follows, enter the viewer's home for that (MISC-06)? Public posts of
 * their own do, in the languages that the viewer chose, by whom the viewer meets in public timelines; not out of exclusive
 * lists (TL-06).
 */
export const entersByTag = (viewer: string): string =>
  `(p.visibility = 'public' AND p.boost_of_id IS NULL AND ${welcomeInFeed(viewer)} AND ${isWanted(viewer)}
     AND NOT ${isExclusive(viewer, 'p.author_id')})`

/** Does the post, whose author is a member of list `l`, enter that list (TL-14)? */
export const entersList = (viewer: string): string =>
  `(${welcomeInFeed(viewer)} AND (f.id IS NULL OR ${asFollowed})
     AND (NOT ${isReply} OR p.reply_to_account_id IN (p.author_id, ${viewer})
       OR (l.replies_policy = 'list' AND EXISTS (SELECT FROM list_members AS rm
         WHERE rm.list_id = l.id AND rm.account_id = p.reply_to_account_id))
       OR (l.replies_policy = 'followed' AND ${follows(viewer, 'p.reply_to_account_id')})))`
