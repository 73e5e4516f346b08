import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

/** Which of the actor's featured hashtags: by its own id, or by that of the hashtag. */
type Which = { featureId: Id } | { hashtagId: Id }

/** Takes a hashtag off the actor's profile. Throws NotFound when it was not there. */
export const unfeatureTag = (ctx: Ctx, which: Which): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { accountId } = actingPerson(ctx)
    const [column, id] = 'featureId' in which ? ['id', which.featureId] : ['hashtag_id', which.hashtagId]
    const was = await row<{ id: Id; name: string }>(
      ctx,
      `DELETE FROM featured_tags AS t USING hashtags AS h
       WHERE h.id = t.hashtag_id AND t.account_id = $1 AND t.${column} = $2 RETURNING t.id, h.name`,
      [accountId, id],
    )
    if (!was) throw new NotFound()
    await emit(ctx, 'tag.unfeatured', { accountId, featureId: was.id, name: was.name })
  })
