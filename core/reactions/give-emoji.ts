import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { assertPermitted } from '../posts/interactions/assert-permitted.ts'
import { askAuthor } from '../posts/interactions/ask-author.ts'
import { findOriginal } from '../posts/find-post.ts'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { findGivenEmoji } from './find-given-emoji.ts'
import { hasRoom } from './has-room.ts'
import { recordReaction } from './record-reaction.ts'
import { replaceReactions } from './replace-reactions.ts'

/**
 * Gives a post an emoji of the actor in place of the one before, as many servers know one of each account only; the same
 * again changes nothing. Throws NotFound when the post may not be seen, Invalid for what is no emoji of this instance, or
 * when the post has too many different ones.
 */
export const giveEmoji = (ctx: Ctx, { postId: askedId, name }: { postId: Id; name: string }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const accountId = actingId(ctx)
    const post = await findOriginal(ctx, askedId)
    const postId = post.id
    const standing = await assertPermitted(ctx, post, { accountId, kind: 'like' })
    const { emoji, picture } = await findGivenEmoji(ctx, post, name)
    if (standing === 'manual')
      return askAuthor(ctx, { kind: 'like', accountId, target: post, emoji, picture: picture ?? null })
    await lockKeys(ctx, [`reactions ${accountId} ${postId}`])
    await replaceReactions(ctx, { accountId, postId, except: emoji, withFavourite: false })
    if (!(await hasRoom(ctx, { accountId, postId, emoji })))
      throw new Invalid('Validation failed: Limit of different reactions reached')
    await recordReaction(ctx, { accountId, postId, emoji, picture })
  })
