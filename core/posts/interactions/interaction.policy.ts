import { accountUri } from '../../addresses.ts'
import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

/** What people do with a post of somebody else. */
export type Interaction = 'reply' | 'like' | 'boost'

/**
 * Who may do it: at once, and after its author said yes to the one at hand. `public`, `followers`, `following`, `mentioned`, or
 * accounts by their ActivityPub ids.
 */
export type InteractionRule = {
  automatic: string[]
  manual: string[]
  /** It may have been said after others did it, so that what they do is not judged by it. */
  isForMembers?: boolean
}

/** What the author of a post restricts (wire 10.5); what is left out everybody may do. */
export type InteractionPolicy = Partial<Record<Interaction, InteractionRule>>

/**
 * May it be done at once, after the author said yes, or not at all? `vouched` is at once, but others need the author's word for
 * it, as they do not know who follows whom.
 */
export type Standing = 'automatic' | 'vouched' | 'manual' | 'denied'

/** A post as far as that decides who may do what with it; `uri` is null for one that was made here. */
export type Restricted = {
  id: Id
  authorId: Id
  uri: string | null
  replyToAccountId: Id | null
  interactionPolicy: InteractionPolicy | null
}

/** How an account stands to a post and its author. */
export type Relation = { isNamed: boolean; follows: boolean; isFollowed: boolean }

/** The Relation of an account to the post in `post`, as JSON in SQL. Takes an expression for its id. */
export const relationTo = (account: string, post = 'p'): string =>
  `jsonb_build_object(
     'isNamed', EXISTS (SELECT FROM mentions AS im WHERE im.post_id = ${post}.id AND im.account_id = ${account}),
     'follows', EXISTS (SELECT FROM follows AS f WHERE f.follower_id = ${account} AND f.followed_id = ${post}.author_id AND f.state = 'accepted'),
     'isFollowed', EXISTS (SELECT FROM follows AS f WHERE f.follower_id = ${post}.author_id AND f.followed_id = ${account} AND f.state = 'accepted'))`

type Asking = { accountId: Id; uri: string | null; isOurs: boolean; kind: Interaction }

/**
 * May this account do that with the post (federation rule 217)? The author may always, and whom the post names or answers may
 * answer it (rule 218). Whom people of other servers follow is not known here: of these, who may do something with a post
 * from elsewhere because of that needs a yes as well.
 */
export function standingOf(
  post: Restricted,
  { accountId, uri, isOurs, kind }: Asking,
  relation: Relation,
): Standing {
  const rule = post.interactionPolicy?.[kind]
  if (!rule || post.authorId === accountId) return 'automatic'
  if (kind === 'reply' && (relation.isNamed || post.replyToAccountId === accountId)) return 'automatic'
  const names = (list: string[]) =>
    list.includes('public') ||
    list.includes(accountUri({ id: accountId, uri })) ||
    (list.includes('mentioned') && relation.isNamed)
  const follows = (list: string[]) =>
    (list.includes('followers') && relation.follows) || (list.includes('following') && relation.isFollowed)
  if (names(rule.automatic)) return 'automatic'
  if (follows(rule.automatic)) return 'vouched'
  const isUnknown = post.uri !== null && !isOurs && [rule.automatic, rule.manual].some(isByFollows)
  return isUnknown || names(rule.manual) || follows(rule.manual) ? 'manual' : 'denied'
}

const isByFollows = (list: string[]): boolean => list.includes('followers') || list.includes('following')

const asked = `SELECT a.uri, a.domain IS NULL AS "isOurs", ${relationTo('a.id')} AS relation
  FROM accounts AS a, posts AS p WHERE a.id = $2 AND p.id = $1`

/** As `standingOf`, for an account of which nothing is known yet. Costs nothing for what the post does not restrict. */
export async function judgeInteraction(
  ctx: Pick<Ctx, 'tx'>,
  post: Restricted,
  { accountId, kind }: { accountId: Id; kind: Interaction },
): Promise<Standing> {
  if (!post.interactionPolicy?.[kind] || post.authorId === accountId) return 'automatic'
  const found = await row<Omit<Asking, 'accountId' | 'kind'> & { relation: Relation }>(ctx, asked, [
    post.id,
    accountId,
  ])
  return found ? standingOf(post, { accountId, kind, ...found }, found.relation) : 'denied'
}
