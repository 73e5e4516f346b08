import { Account } from '../accounts/account.model.ts'
import { User } from '../auth/user.model.ts'
import type { Ctx } from '../ctx.ts'
import { Forbidden, Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { assertPermitted } from './interactions/assert-permitted.ts'
import { findOriginal } from './find-post.ts'
import { askAuthor } from './interactions/ask-author.ts'
import { vouchFor } from './interactions/vouch-for.ts'
import type { PostDraft } from './post-draft.ts'
import type { Post, Visibility } from './post.model.ts'
import { isOpen } from './post.policy.ts'
import { recordPost } from './record-post.ts'

/**
 * Boosts a post; a boost of a boost boosts the original (STAT-24). Gives the boost, the same one when there is one
 * already (STAT-23), or the original when its author is asked first. Throws NotFound when the post may not be seen, Forbidden for direct posts and other people's
 * private ones (federation rule 138), Invalid when its author does not let them (rule 217).
 */
export async function boostPost(
  ctx: Ctx,
  { postId, visibility }: { postId: Id; visibility?: string | undefined },
): Promise<Post> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const { accountId, userId, appId } = ctx.actor
  const original = await findOriginal(ctx, postId)
  const isOwn = original.authorId === accountId
  if (original.visibility === 'direct' || (original.visibility === 'private' && !isOwn)) throw new Forbidden()
  const standing = await assertPermitted(ctx, original, { accountId, kind: 'boost' })
  const user = await User.findByPk(userId, { transaction: ctx.tx ?? null, rejectOnEmpty: true })
  const account = await Account.findByPk(accountId, { transaction: ctx.tx ?? null, rejectOnEmpty: true })
  if (account.movedToId) throw new Forbidden('This account has moved and posts elsewhere')
  const wanted = visibilityOf(visibility, user.defaultVisibility)
  const boost = {
    authorId: accountId,
    boostOfId: original.id,
    visibility: isOpen(original.visibility) ? limited(wanted, account) : 'private',
    appId: appId ?? null,
  } satisfies PostDraft
  if (standing === 'automatic') return recordPost(ctx, boost)
  const wish = { kind: 'boost', accountId, target: original, visibility: boost.visibility } as const
  return transact(ctx, async (ctx) => {
    if (standing === 'manual') {
      await askAuthor(ctx, wish)
      return original
    }
    const made = await recordPost(ctx, boost)
    if (original.isLocal) await vouchFor(ctx, { ...wish, id: made.id })
    return made
  })
}

const limited = (visibility: Visibility, { silencedAt }: Account): Visibility =>
  visibility === 'public' && silencedAt ? 'unlisted' : visibility

function visibilityOf(asked: string | undefined, usual: Visibility): Visibility {
  if (asked === undefined) return usual === 'direct' ? 'private' : usual
  if (asked === 'public' || asked === 'unlisted' || asked === 'private') return asked
  throw new Invalid('Validation failed: Visibility is not included in the list')
}
