import { parseOurs } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { Forbidden } from '#platform/errors'
import { gather } from '#platform/gather'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { judgeInteraction, type Restricted } from './interactions/interaction.policy.ts'
import { refuseInteraction } from './interactions/refuse-interaction.ts'
import type { Consent } from './post-draft.ts'
import type { Post } from './post.model.ts'
import { recordPost } from './record-post.ts'
import { cleanContent, datesOf, isWeb, type Joined, type RemotePost } from './remote-post.ts'

export type { RemotePost } from './remote-post.ts'

/**
 * Stores a post of another server; a reply to a post of ours may have to wait for its author, and one that was asked for by
 * `requestUri` is answered. Of one that is taken quietly nobody is told. Gives the stored one when it is here already (federation rule 127). Throws Forbidden
 * when the author may not write here (federation rules 86 and 148) or answer that (rule 217), Gone when it was deleted before
 * it came (rule 116), Conflict when the id belongs to somebody else (rule 82).
 */
export async function receivePost(
  ctx: Ctx,
  draft: RemotePost,
  { requestUri, isQuiet = false }: { requestUri?: string; isQuiet?: boolean } = {},
): Promise<Post> {
  const author = await assertMayWrite(ctx, draft.authorId)
  const consent = await consentOf(ctx, draft, requestUri)
  return recordPost(ctx, {
    ...cleanContent(draft),
    ...datesOf(draft, author),
    uri: draft.uri,
    url: draft.url && isWeb(draft.url) ? draft.url : null,
    authorId: draft.authorId,
    visibility: draft.visibility,
    replyToUri: draft.replyToUri ?? null,
    replyToId: draft.replyToId ?? null,
    conversationUri: draft.conversationUri ?? null,
    ...(draft.quote ? { quote: { ...draft.quote, state: 'pending' } } : {}),
    quotePolicy: draft.quotePolicy ?? null,
    interactionPolicy: draft.interactionPolicy ?? null,
    ...(consent ? { consent } : {}),
    isQuiet,
  })
}

/** Gives an account of another server that is not suspended. Throws Forbidden for any other. */
export async function assertMayWrite(ctx: Ctx, accountId: Id): Promise<Joined> {
  const author = ctx.tx ? (await writers(ctx, [accountId])).get(accountId) : await writer(accountId)
  if (!author) throw new Forbidden()
  return author
}

const writers = async (ctx: Pick<Ctx, 'tx'>, ids: readonly Id[]): Promise<Map<Id, Joined>> => {
  const found = await rows<Joined>(
    ctx,
    `SELECT id, created_at AS "createdAt" FROM accounts
     WHERE id = ANY ($1::bigint[]) AND domain IS NOT NULL AND suspended_at IS NULL AND gone_at IS NULL`,
    [[...new Set(ids)]],
  )
  return new Map(found.map((each) => [each.id, each]))
}

const writer = gather<Id, Joined>(0, (ids) => writers({}, ids))

/**
 * What the author of the parent, here, has to say to a reply; undefined when nothing. Throws Forbidden for what a blocked person
 * answers (federation rule 148), and for what the author does not let them (rule 217), which they are told.
 */
async function consentOf(
  ctx: Ctx,
  { authorId: accountId, uri, ...draft }: RemotePost,
  requestUri: string | undefined,
): Promise<Consent | undefined> {
  const ours = draft.replyToUri ? parseOurs(draft.replyToUri) : undefined
  const parentId = draft.replyToId ?? (ours && 'postId' in ours ? ours.postId : undefined)
  const target = parentId && (await row<Answered>(ctx, answered, [parentId, accountId]))
  if (!target) return undefined
  if (target.isBlocked) throw new Forbidden()
  if (target.uri !== null) return undefined
  const standing = await judgeInteraction(ctx, target, { accountId, kind: 'reply' })
  if (standing === 'denied') {
    await transact(ctx, (ctx) =>
      refuseInteraction(ctx, { kind: 'reply', accountId, target, uri, requestUri: requestUri ?? null }),
    )
    throw new Forbidden()
  }
  if (standing === 'automatic' && !requestUri) return undefined
  return { isGiven: standing !== 'manual', target, requestUri }
}

type Answered = Restricted & { isBlocked: boolean }

const answered = `SELECT p.id, p.author_id AS "authorId", p.uri, p.reply_to_account_id AS "replyToAccountId",
    p.interaction_policy AS "interactionPolicy", b.blocked_id IS NOT NULL AS "isBlocked"
  FROM posts AS named JOIN posts AS p ON p.id = coalesce(named.boost_of_id, named.id)
    LEFT JOIN blocks AS b ON b.blocker_id = p.author_id AND b.blocked_id = $2 WHERE named.id = $1`

/** Does the author of this post block that account? */
export const isBlockedBy = async (ctx: Ctx, postId: Id, accountId: Id): Promise<boolean> =>
  (await row(
    ctx,
    `SELECT 1 FROM posts AS p JOIN blocks AS b ON b.blocker_id = p.author_id AND b.blocked_id = $2 WHERE p.id = $1`,
    [postId, accountId],
  )) !== undefined
