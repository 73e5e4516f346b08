import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { findTag } from './find-tag.ts'
import type { TagCard } from './tag.queries.ts'

/** Follows a hashtag no longer; nothing happens when it was not followed. Throws NotFound for what is no hashtag. */
export const unfollowTag = (ctx: Ctx, { name }: { name: string }): Promise<TagCard> =>
  transact(ctx, async (ctx) => {
    const { accountId } = actingPerson(ctx)
    const tag = await findTag(ctx, name)
    if (tag.id === '') return tag
    const was = await row(
      ctx,
      'DELETE FROM tag_follows WHERE account_id = $1 AND hashtag_id = $2 RETURNING id',
      [accountId, tag.id],
    )
    if (was) await emit(ctx, 'tag.unfollowed', { accountId, hashtagId: tag.id })
    return tag
  })
