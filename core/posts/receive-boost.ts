import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { Forbidden, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { askFor } from './interactions/ask-for.ts'
import { vouchFor } from './interactions/vouch-for.ts'
import { Post, type Visibility } from './post.model.ts'
import { isOpen } from './post.policy.ts'
import { assertMayWrite, isBlockedBy } from './receive-post.ts'
import { recordPost } from './record-post.ts'
import { datesOf } from './remote-post.ts'

/** A boost by an account of another server, of a post that is stored here. */
export type RemoteBoost = {
  uri: string
  authorId: Id
  /** What is boosted; for a boost, what that boosts. */
  postId: Id
  visibility: Visibility
  publishedAt?: Date | null
  /** Nobody is told of it. */
  isQuiet?: boolean
  /** The request by which its author was asked. */
  requestUri?: string
}

/**
 * Stores a boost, or keeps it until the author of a post of ours says yes, and then gives that post; a later one of the same post only takes over its id, so that an Undo is understood (federation
 * rule 127). Throws Forbidden when the booster may not boost this (rules 138 and 148), Gone when it was
 * taken back before it came (rule 115), NotFound when the post is not here.
 */
export async function receiveBoost(ctx: Ctx, draft: RemoteBoost): Promise<Post> {
  const booster = await assertMayWrite(ctx, draft.authorId)
  return transact(ctx, async (ctx) => {
    const named = await Post.findByPk(draft.postId, { transaction: ctx.tx })
    const original = named?.boostOfId ? await Post.findByPk(named.boostOfId, { transaction: ctx.tx }) : named
    if (!original) throw new NotFound()
    if (await isBlockedBy(ctx, original.id, draft.authorId)) throw new Forbidden()
    const visibility = visibilityOfBoost(draft, original)
    const { uri, authorId: accountId, requestUri } = draft
    const wish = {
      kind: 'boost',
      accountId,
      target: original,
      uri,
      requestUri: requestUri ?? null,
      visibility,
    } as const
    const consent = await askFor(ctx, original, wish)
    if (consent === 'waits') return original
    const { publishedAt, sortedAt } = datesOf(draft, booster)
    const boost = await recordPost(ctx, {
      uri: draft.uri,
      authorId: draft.authorId,
      boostOfId: original.id,
      visibility,
      publishedAt,
      sortedAt,
      isQuiet: draft.isQuiet ?? false,
    })
    if (boost.uri !== draft.uri)
      await rows(ctx, 'UPDATE posts SET uri = $2 WHERE id = $1 AND published_at <= $3', [
        boost.id,
        draft.uri,
        publishedAt,
      ])
    if (consent === 'given') await vouchFor(ctx, { ...wish, id: boost.id })
    return boost
  })
}

/** Private posts are boosted by their author alone, for the same followers; direct ones by nobody (STAT-24). */
function visibilityOfBoost(draft: RemoteBoost, original: Post): Visibility {
  if (isOpen(original.visibility)) return draft.visibility
  if (original.visibility === 'direct' || original.authorId !== draft.authorId) throw new Forbidden()
  return 'private'
}
