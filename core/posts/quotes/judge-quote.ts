import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { visibleTo } from '../post.policy.ts'
import { quoteStanding, type QuoteStanding, settledStanding } from '../quote.policy.ts'

/** What is to be done with a quote that another server made: it stands, it does not, or its author must be asked. */
export type Verdict = 'accepted' | 'rejected' | 'unproven'

/** Whom it is about; `isOurs` when the quoted post was made here. */
type Found = { isOwn: boolean; isOurs: boolean; isVisible: boolean; standing: QuoteStanding }

const judging = (quoter: string, from: string): string =>
  `SELECT quoted.author_id = ${quoter} AS "isOwn", quoted.uri IS NULL AS "isOurs",
     ${visibleTo(quoter, 'quoted')} AS "isVisible", ${quoteStanding(quoter, 'quoted')} AS standing ${from}`

const ofQuote = judging(
  'p.author_id',
  'FROM quotes AS q JOIN posts AS p ON p.id = q.post_id JOIN posts AS quoted ON quoted.id = q.quoted_id WHERE q.post_id = $1',
)
const ofAsking = judging('$2::bigint', 'FROM posts AS quoted WHERE quoted.id = $1')

/**
 * Judges a quote by what is known here: own posts may always be quoted, posts of ours as their policy says, and posts of
 * others only with a stamp, unless their author says nothing about quotes and the operator lets that be enough (features
 * quotes-06). Quoting what one may not see is refused (federation rule 139).
 */
export async function judgeQuote(ctx: Ctx, { postId }: { postId: Id }): Promise<Verdict> {
  return verdictOf(await row<Found>(ctx, ofQuote, [postId]))
}

/** May this account, of another server, quote that post? */
export async function judgeRequest(
  ctx: Ctx,
  { quotedId, accountId }: { quotedId: Id; accountId: Id },
): Promise<Verdict> {
  return verdictOf(await row<Found>(ctx, ofAsking, [quotedId, accountId]))
}

function verdictOf(found: Found | undefined): Verdict {
  if (!found) return 'unproven'
  if (found.isOwn) return 'accepted'
  if (!found.isVisible) return 'rejected'
  if (found.isOurs) return found.standing === 'automatic' ? 'accepted' : 'rejected'
  if (found.standing !== 'unsaid') return 'unproven'
  return settledStanding('unsaid') === 'automatic' ? 'accepted' : 'unproven'
}
