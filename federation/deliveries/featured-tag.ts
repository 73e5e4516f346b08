import type { Ctx } from '#core/ctx'
import { FeaturedTag } from '#core/tags/featured-tag.model'
import type { Facts } from '#platform/facts'
import { featureActivity } from '../activities.ts'
import { deliver, followerInboxes } from '../deliveries.ts'

/** Tells followers elsewhere of a hashtag that a member shows on the profile, unless it is gone again. */
export async function deliverFeaturedTag(ctx: Ctx, fact: Facts['tag.featured']): Promise<void> {
  const made = await FeaturedTag.findByPk(fact.featureId)
  if (made) await tell(ctx, 'Add', { ...fact, displayName: made.displayName })
}

/** Tells them that it is shown no more. */
export const deliverUnfeaturedTag = (ctx: Ctx, fact: Facts['tag.unfeatured']): Promise<void> =>
  tell(ctx, 'Remove', { ...fact, displayName: fact.name })

type Feature = Facts['tag.featured'] & { displayName: string }

async function tell(ctx: Ctx, type: 'Add' | 'Remove', fact: Feature): Promise<void> {
  const { accountId } = fact
  const activity = featureActivity(type, fact)
  await deliver(ctx, { activity, senderId: accountId }, await followerInboxes(accountId))
}
