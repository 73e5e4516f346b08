import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { FeaturedTag } from './featured-tag.model.ts'
import { ensureTag } from './find-tag.ts'
import { parseTag } from './parse-tag.ts'

// Other servers have limits of their own, but nobody needs more than this.
const MOST = 20

/** What another server says of the profile of an account of its own: that it shows a hashtag, or no longer does. */
export type RemoteFeature = { accountId: Id; name: string; isFeatured: boolean }

/** Keeps that (ACCT-35). What is no hashtag, repeated or too much changes nothing. */
export const receiveFeaturedTag = (ctx: Ctx, { accountId, name, isFeatured }: RemoteFeature): Promise<void> =>
  transact(ctx, async (ctx) => {
    const parsed = parseTag(name.replace(/^[#＃]/, ''))
    if (!parsed) return
    if (!isFeatured) {
      await rows(
        ctx,
        `DELETE FROM featured_tags AS t USING hashtags AS h
         WHERE h.id = t.hashtag_id AND t.account_id = $1 AND h.name = $2`,
        [accountId, parsed.name],
      )
      return
    }
    await lockKeys(ctx, [`featured tags of ${accountId}`])
    if ((await FeaturedTag.count({ where: { accountId }, transaction: ctx.tx })) >= MOST) return
    const { id: hashtagId } = await ensureTag(ctx, parsed)
    await FeaturedTag.bulkCreate([{ accountId, hashtagId, displayName: parsed.display }], {
      ignoreDuplicates: true,
      transaction: ctx.tx,
    })
  })
