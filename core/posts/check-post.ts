import { actingPerson } from '../actor.ts'
import type { User } from '../auth/user.model.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { Forbidden, Invalid, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { checkPoll, type NewPoll } from './check-poll.ts'
import { composeContent } from './compose-content.ts'
import { assertMayBegin } from './assert-may-begin.ts'
import { assertPermitted } from './interactions/assert-permitted.ts'
import { type AskedPolicy, choosePolicy } from './interactions/choose-policy.ts'
import type { DefaultPolicies } from './interactions/default-policies.ts'
import { findOriginal } from './find-post.ts'
import { findQuotable, type Quotable } from './find-quotable.ts'
import { readMediaIds } from './read-media-ids.ts'
import { pickLanguage } from './pick-language.ts'
import { isWaiting } from './interactions/is-waiting.ts'
import type { Consent, PostDraft } from './post-draft.ts'
import type { Post, Visibility } from './post.model.ts'
import { isOpen, visibilityOfReply } from './post.policy.ts'
import { quotePolicyOf } from './quote.policy.ts'

/** A post as a member writes it. What is absent follows their preferences (POST-03). */
export type NewPost = {
  text?: string | undefined
  spoilerText?: string | undefined
  isSensitive?: boolean | undefined
  visibility?: string | undefined
  language?: string | undefined
  mediaIds?: string[] | undefined
  poll?: NewPoll | undefined
  replyToId?: Id | undefined
  quotedId?: Id | undefined
  /** Who may quote it: public, followers or nobody. */
  quotePolicy?: string | undefined
  /** Who may reply to it, like it and boost it. */
  interactionPolicy?: AskedPolicy | undefined
  allowedMentions?: Id[] | undefined
  /** A group that it is addressed to without being named in the text. */
  groupId?: Id | undefined
  /** The same key within a day gives the same post again (POST-02). */
  idempotencyKey?: string | undefined
}

/**
 * Checks a post of the actor and gives it as it is written (POST-01 to POST-16). Throws NotFound when what it answers or
 * quotes may not be seen, Invalid when it breaks a rule, UnexpectedMentions, Forbidden for somebody who moved away. Other
 * servers may be asked about people it names.
 */
export async function checkPost(ctx: Ctx, draft: NewPost): Promise<PostDraft> {
  const { accountId, userId, appId } = actingPerson(ctx)
  const mediaIds = readMediaIds(draft.mediaIds)
  const [author, parent, quotable] = await Promise.all([
    row<Author>(ctx, authors, [userId, draft.replyToId ?? null, draft.groupId ?? null]),
    draft.replyToId ? findOriginal(ctx, draft.replyToId) : undefined,
    draft.quotedId ? findQuotable(ctx, draft.quotedId) : undefined,
  ])
  if (!author?.isGroup) throw new NotFound()
  if (author.isLocked) throw new Invalid('Nobody but its moderators answers in this thread of the group')
  const consent = parent && (await consentOf(ctx, parent, accountId, draft))
  if (author.hasMoved) throw new Forbidden('This account has moved and posts elsewhere')
  const poll = draft.poll && checkPoll(draft.poll)
  const content = await composeContent(ctx, accountId, {
    text: draft.text ?? '',
    spoilerText: draft.spoilerText ?? '',
    pollOptions: poll?.options ?? [],
    hasMedia: mediaIds.length > 0,
    allowedMentions: draft.allowedMentions,
    quoteUrl: quotable?.url,
  })
  const wanted = besideQuote(visibilityOf(draft.visibility, author), quotable, accountId, content.mentions)
  const visibility = parent ? visibilityOfReply(wanted, parent.visibility) : wanted
  if (draft.groupId && !isOpen(visibility))
    throw new Invalid('Validation failed: A post in a group is for everybody')
  const mentions = [...content.mentions, ...addressed(author, draft, visibility)]
  if (!parent && isOpen(visibility)) await assertMayBegin(ctx, accountId, mentions)
  const hasWarning = (draft.spoilerText ?? '').trim() !== ''
  return {
    ...content,
    mentions,
    authorId: accountId,
    visibility,
    isSensitive: hasWarning || (draft.isSensitive ?? author.defaultSensitive),
    language: pickLanguage(draft.language, author.defaultLanguage, author.locale),
    mediaIds,
    appId: appId ?? null,
    ...(parent ? { replyToId: parent.id } : {}),
    ...(consent ? { consent } : {}),
    ...(poll ? { poll } : {}),
    ...(quotable ? { quote: { quotedId: quotable.post.id, state: quotable.state } } : {}),
    quotePolicy: quotePolicyOf(draft.quotePolicy ?? author.defaultQuotePolicy, visibility),
    interactionPolicy: draft.interactionPolicy
      ? choosePolicy(draft.interactionPolicy)
      : (author.interactionPolicies?.[visibility] ?? null),
  }
}

/**
 * What the author of the parent has to say to a reply; undefined when nothing. Whose own reply waits goes on with it once that
 * has its yes, and what waits quotes nothing: who is quoted would hear of it.
 */
async function consentOf(
  ctx: Ctx,
  parent: Post,
  accountId: Id,
  draft: NewPost,
): Promise<Consent | undefined> {
  const standing = await assertPermitted(ctx, parent, { accountId, kind: 'reply' })
  if (parent.visibility === 'direct' && parent.authorId === accountId && (await isWaiting(ctx, parent.id)))
    throw new Invalid('Your reply waits for the author of the post to approve it')
  if (standing === 'manual' && draft.quotedId)
    throw new Invalid('A reply that the author of the post has to approve cannot quote')
  if (standing === 'manual') return { isGiven: false, target: parent }
  return standing === 'vouched' && parent.isLocal ? { isGiven: true, target: parent } : undefined
}

type Author = Pick<
  User,
  'defaultVisibility' | 'defaultSensitive' | 'defaultLanguage' | 'defaultQuotePolicy' | 'locale'
> & {
  hasMoved: boolean
  isLimited: boolean
  interactionPolicies: DefaultPolicies | null
  /** The groups that what it answers is in. */
  groupIds: Id[]
  /** What it answers is in a thread that moderators of a group locked, and the author is none. */
  isLocked: boolean
  /** What is asked for as the group of the post is one, if any is. */
  isGroup: boolean
}

const authors = `
  SELECT u.default_visibility AS "defaultVisibility", u.default_sensitive AS "defaultSensitive", u.locale,
    u.default_language AS "defaultLanguage", u.default_quote_policy AS "defaultQuotePolicy",
    u.interaction_policies AS "interactionPolicies",
    a.moved_to_id IS NOT NULL AS "hasMoved", a.silenced_at IS NOT NULL AS "isLimited",
    ARRAY(SELECT g.id::text FROM posts AS named JOIN posts AS o ON o.id = coalesce(named.boost_of_id, named.id)
        CROSS JOIN LATERAL (SELECT o.group_id AS id UNION SELECT m.account_id FROM mentions AS m WHERE m.post_id = o.id) AS addressed
        JOIN accounts AS g ON g.id = addressed.id AND g.kind = 'group' AND g.gone_at IS NULL
      WHERE named.id = $2) AS "groupIds",
    EXISTS (SELECT FROM posts AS named JOIN posts AS o ON o.id = coalesce(named.boost_of_id, named.id)
        JOIN group_marks AS gm ON gm.post_id = o.thread_id AND gm.group_id = o.group_id AND gm.locked_at IS NOT NULL
      WHERE named.id = $2 AND NOT EXISTS (SELECT FROM group_roles AS gr
        WHERE gr.group_id = o.group_id AND gr.account_id = a.id)) AS "isLocked",
    $3::bigint IS NULL OR EXISTS (SELECT FROM accounts AS g WHERE g.id = $3 AND g.kind = 'group' AND g.gone_at IS NULL) AS "isGroup"
  FROM users AS u JOIN accounts AS a ON a.id = u.account_id WHERE u.id = $1`

/** What everybody may see goes to the groups that what it answers is in, too (wire 9). */
const addressed = ({ groupIds }: Author, { groupId }: NewPost, visibility: Visibility) =>
  isOpen(visibility)
    ? [...(groupId ? [groupId] : []), ...groupIds].map((accountId) => ({ accountId, isSilent: true }))
    : []

const visibilities: readonly string[] = ['public', 'unlisted', 'private', 'direct'] satisfies Visibility[]

/** The posts of somebody who is limited stay off the public lists (POST-06). */
function visibilityOf(asked: string | undefined, author: Author): Visibility {
  const wanted = asked ?? author.defaultVisibility
  if (!visibilities.includes(wanted))
    throw new Invalid('Validation failed: Visibility is not included in the list')
  return wanted === 'public' && author.isLimited ? 'unlisted' : (wanted as Visibility)
}

/**
 * A quote of what not everybody may see is not for everybody either, and who is quoted in a direct message is one of
 * those whom it is for (QUOTE-09).
 */
function besideQuote(
  wanted: Visibility,
  quotable: Quotable | undefined,
  authorId: Id,
  mentions: readonly { accountId: Id }[],
): Visibility {
  if (!quotable) return wanted
  const { authorId: quotedAuthorId, visibility } = quotable.post
  const isTold = quotedAuthorId === authorId || mentions.some(({ accountId }) => accountId === quotedAuthorId)
  if (wanted === 'direct' && !isTold)
    throw new Invalid('Validation failed: A direct post must mention the author it quotes')
  return isOpen(wanted) && !isOpen(visibility) ? 'private' : wanted
}
