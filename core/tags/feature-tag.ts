import { limits } from '#config/limits'
import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { Invalid } from '#platform/errors'
import { emit } from '#platform/facts'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { ensureTag } from './find-tag.ts'
import { FeaturedTag } from './featured-tag.model.ts'
import { parseTag } from './parse-tag.ts'

/**
 * Shows a hashtag on the actor's profile; one that is there already is given as it is (MISC-07, MISC-08). Throws Invalid
 * for what is no hashtag, and when there are enough of them.
 */
export const featureTag = (ctx: Ctx, { name }: { name: string }): Promise<FeaturedTag> =>
  transact(ctx, async (ctx) => {
    const { accountId } = actingPerson(ctx)
    const parsed = parseTag(name.trim().replace(/^[#＃]/, ''))
    if (!parsed) throw new Invalid('Validation failed: Name is invalid')
    const tag = await ensureTag(ctx, parsed)
    // Two that are featured at the same moment must not both be the last one.
    await lockKeys(ctx, [`featured tags of ${accountId}`])
    const { tx: transaction } = ctx
    const known = await FeaturedTag.findOne({ where: { accountId, hashtagId: tag.id }, transaction })
    if (known) return known
    if ((await FeaturedTag.count({ where: { accountId }, transaction })) >= limits.profile.featuredTags)
      throw new Invalid(
        `Validation failed: You have already featured the maximum number of hashtags (${limits.profile.featuredTags})`,
      )
    const made = await FeaturedTag.create(
      { accountId, hashtagId: tag.id, displayName: parsed.display },
      { transaction },
    )
    await emit(ctx, 'tag.featured', { accountId, featureId: made.id, name: tag.name })
    return made
  })
