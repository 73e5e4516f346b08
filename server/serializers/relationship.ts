import { actingId } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { type Relationship, relationshipsOf } from '#core/relationships/relationship.queries'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

export type RelationshipJson = ReturnType<typeof render>

/** What is between the caller and these accounts, in their order; unknown ones are left out. One query. */
export async function relationshipsJson(
  ctx: Ctx,
  ids: readonly Id[],
  { withSuspended = true }: { withSuspended?: boolean } = {},
): Promise<RelationshipJson[]> {
  const found = await relationshipsOf(ctx, actingId(ctx), ids)
  return found.filter(({ isSuspended }) => withSuspended || !isSuspended).map(render)
}

/** What is between the caller and one account: the answer of all that changes it. Throws NotFound. */
export async function relationshipJson(ctx: Ctx, id: Id): Promise<RelationshipJson> {
  const [json] = await relationshipsJson(ctx, [id])
  if (!json) throw new NotFound()
  return json
}

/** A handler that makes a change between the caller and an account, and answers with what is between the two afterwards. */
export const relationshipAfter =
  (change: (ctx: Ctx, input: { accountId: Id }) => Promise<void>) =>
  async (ctx: Ctx, { id: accountId }: { id: Id }): Promise<RelationshipJson> => {
    await change(ctx, { accountId })
    return relationshipJson(ctx, accountId)
  }

function render(found: Relationship) {
  return {
    id: found.id,
    following: found.followState === 'accepted' || found.isUnderWay,
    showing_reblogs: found.showsBoosts ?? false,
    notifying: found.notifies ?? false,
    languages: found.languages,
    followed_by: found.followedByState === 'accepted',
    blocking: found.blocks,
    blocked_by: found.isBlocked,
    muting: found.mutes,
    muting_notifications: found.hidesNotifications ?? false,
    muting_expires_at: found.muteExpiresAt ? wholeSeconds(found.muteExpiresAt) : null,
    requested: found.followState === 'pending' && !found.isUnderWay,
    requested_by: found.followedByState === 'pending',
    domain_blocking: found.blocksDomain,
    endorsed: found.endorses,
    note: found.note ?? '',
  }
}

// One of the few times without fractions (ID-10).
const wholeSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`
