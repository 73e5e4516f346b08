import { accountUri } from '../../addresses.ts'
import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'

/** What people do with a post of somebody else. */
export type Interaction = 'reply' | 'like' | 'boost'

/**
 * Who may do it: at once, and after its author said yes to the one at hand. `public`, `followers`, `following`, or accounts
 * by their ActivityPub ids.
 */
export type InteractionRule = { automatic: string[]; manual: string[] }

/** What the author of a post restricts (wire 10.5); what is left out everybody may do. */
export type InteractionPolicy = Partial<Record<Interaction, InteractionRule>>

type Restricted = { id: Id; authorId: Id; interactionPolicy: InteractionPolicy | null }

type Relation = {
  uri: string | null
  isOurs: boolean
  isNamed: boolean
  follows: boolean
  isFollowed: boolean
}

const relation = `SELECT a.uri, a.domain IS NULL AS "isOurs",
    EXISTS (SELECT FROM mentions AS m WHERE m.post_id = $1 AND m.account_id = a.id) AS "isNamed",
    EXISTS (SELECT FROM follows AS f WHERE f.follower_id = a.id AND f.followed_id = $3 AND f.state = 'accepted') AS follows,
    EXISTS (SELECT FROM follows AS f WHERE f.follower_id = $3 AND f.followed_id = a.id AND f.state = 'accepted') AS "isFollowed"
  FROM accounts AS a WHERE a.id = $2`

/**
 * May this account do that with the post (federation rule 217)? `manual`: with a yes of the author to show. The author may
 * always, and whom the post names may answer (rule 218). Whom people of other servers follow is not known here: of these, who
 * may because of that needs a yes as well. Costs nothing for posts that restrict nothing.
 */
export async function judgeInteraction(
  ctx: Pick<Ctx, 'tx'>,
  post: Restricted,
  { accountId, kind }: { accountId: Id; kind: Interaction },
): Promise<'automatic' | 'manual' | 'denied'> {
  const rule = post.interactionPolicy?.[kind]
  if (!rule || post.authorId === accountId) return 'automatic'
  const found = await row<Relation>(ctx, relation, [post.id, accountId, post.authorId])
  if (!found) return 'denied'
  if (kind === 'reply' && found.isNamed) return 'automatic'
  const meets = (list: string[]) =>
    list.includes('public') ||
    list.includes(accountUri({ id: accountId, uri: found.uri })) ||
    (list.includes('followers') && found.follows) ||
    (list.includes('following') && found.isFollowed)
  if (meets(rule.automatic)) return 'automatic'
  const isUnknown = !found.isOurs && [rule.automatic, rule.manual].some(isByFollows)
  return isUnknown || meets(rule.manual) ? 'manual' : 'denied'
}

const isByFollows = (list: string[]): boolean => list.includes('followers') || list.includes('following')

const refusals: Record<Interaction, string> = {
  reply: 'The author of this post does not let you reply to it',
  like: 'The author of this post does not let you like it',
  boost: 'The author of this post does not let you boost it',
}

/** Throws Invalid, with a sentence for people, for what the author of a post forbids a member (federation rule 217). */
export async function assertPermitted(
  ctx: Pick<Ctx, 'tx'>,
  post: Restricted,
  by: { accountId: Id; kind: Interaction },
): Promise<void> {
  if ((await judgeInteraction(ctx, post, by)) === 'denied') throw new Invalid(refusals[by.kind])
}
