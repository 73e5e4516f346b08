import { quotes } from '#config/quotes'
import { Invalid } from '#platform/errors'
import type { Visibility } from './post.model.ts'
import { isOpen, outsideBlockedDomains, unblocked, visibleTo } from './post.policy.ts'

/** How a quote stands with the author of the quoted post. */
export type QuoteState = 'pending' | 'accepted' | 'rejected' | 'revoked' | 'deleted'

/** How a quote stands as one viewer sees it (QUOTE-06). */
export type SeenState = QuoteState | 'unauthorized' | 'blocked_account' | 'blocked_domain' | 'muted_account'

/** Groups that a policy names; what another server says and Kith has no word for is `unsupported_policy`. */
export type QuoteAudience = 'public' | 'followers' | 'following' | 'unsupported_policy'

/** Who may quote a post: at once, and after its author was asked. */
export type QuotePolicy = { automatic: QuoteAudience[]; manual: QuoteAudience[] }

/** What a viewer would be told on quoting; `unsaid` when the author says nothing about it. */
export type QuoteStanding = 'automatic' | 'manual' | 'denied' | 'unknown' | 'unsaid'

const choices: Readonly<Record<string, QuoteAudience[]>> = {
  public: ['public'],
  followers: ['followers'],
  nobody: [],
}

/**
 * The policy that a member chose by its name; posts that not everybody may see are quoted by nobody (QUOTE-03). Throws
 * Invalid for another name.
 */
export function quotePolicyOf(name: string, visibility: Visibility): QuotePolicy {
  const automatic = Object.hasOwn(choices, name) ? choices[name] : undefined
  if (!automatic)
    throw new Invalid('Validation failed: Quote approval policy is not included in the list', {
      quote_approval_policy: [{ error: 'ERR_INCLUSION', description: 'is not included in the list' }],
    })
  return { automatic: isOpen(visibility) ? automatic : [], manual: [] }
}

/**
 * What quoting gives in the end: of posts whose author says nothing, the operator decides whether they may be quoted and
 * shown in quotes without a word of theirs (features quotes-06).
 */
export const settledStanding = (standing: QuoteStanding): Exclude<QuoteStanding, 'unsaid'> =>
  standing !== 'unsaid' ? standing : quotes.withoutStamp ? 'automatic' : 'denied'

const follows = (follower: string, followed: string): string =>
  `EXISTS (SELECT FROM follows AS f WHERE f.follower_id = ${follower} AND f.followed_id = ${followed} AND f.state = 'accepted')`

const meets = (list: string, viewer: string, post: string): string =>
  `('public' = ANY (${list}) OR ('followers' = ANY (${list}) AND ${follows(viewer, `${post}.author_id`)})
     OR ('following' = ANY (${list}) AND ${follows(`${post}.author_id`, viewer)}))`

/**
 * The QuoteStanding of a viewer to the post in `post`, in SQL (QUOTE-02, QUOTE-04). Takes an expression for the viewer's
 * account id (null for somebody who is not logged in) and the alias of a row of `posts`. That they may see it is asked apart.
 */
export const quoteStanding = (viewer: string, post = 'p'): string =>
  `(CASE WHEN ${viewer} IS NULL THEN 'denied' WHEN ${post}.author_id = ${viewer} THEN 'automatic'
     WHEN ${post}.visibility NOT IN ('public', 'unlisted') THEN 'denied'
     WHEN ${post}.quote_automatic IS NULL THEN CASE WHEN ${post}.uri IS NULL THEN 'denied' ELSE 'unsaid' END
     WHEN ${meets(`${post}.quote_automatic`, viewer, post)} THEN 'automatic'
     WHEN ${meets(`${post}.quote_manual`, viewer, post)} THEN 'manual'
     WHEN 'unsupported_policy' = ANY (${post}.quote_automatic || ${post}.quote_manual) THEN 'unknown'
     ELSE 'denied' END)`

const mutes = (viewer: string, account: string): string =>
  `(SELECT true FROM mutes AS mu WHERE mu.muter_id = ${viewer} AND mu.muted_id = ${account}
     AND (mu.expires_at IS NULL OR mu.expires_at > now())) IS NOT NULL`

/** Would the viewer see it, had they not blocked its author themselves? */
const blockedOnly = (viewer: string, post: string): string =>
  `(NOT ${unblocked(viewer, `${post}.author_id`)} AND ${post}.visibility IN ('public', 'unlisted')
     AND (SELECT true FROM blocks AS b WHERE b.blocker_id = ${post}.author_id AND b.blocked_id = ${viewer}) IS NULL
     AND (SELECT a.suspended_at IS NULL AND a.gone_at IS NULL FROM accounts AS a WHERE a.id = ${post}.author_id))`

/**
 * The SeenState of the quote `q` for a viewer, in SQL (QUOTE-06). `quoted` is the alias of the quoted post, all null when
 * it is not here.
 */
export const seenState = (viewer: string): string =>
  `(CASE WHEN q.state <> 'accepted' THEN q.state
     WHEN quoted.id IS NULL THEN 'deleted'
     WHEN ${visibleTo(viewer, 'quoted')} THEN CASE
       WHEN NOT ${outsideBlockedDomains(viewer, 'quoted.author_id')} THEN 'blocked_domain'
       WHEN ${mutes(viewer, 'quoted.author_id')} THEN 'muted_account' ELSE 'accepted' END
     WHEN ${blockedOnly(viewer, 'quoted')} THEN 'blocked_account'
     ELSE 'unauthorized' END)`
