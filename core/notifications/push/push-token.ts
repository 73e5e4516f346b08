import { type Actor, actingPerson } from '../../actor.ts'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'

/** The token with which an app acts for a member: subscriptions belong to it. Throws Forbidden without one. */
export function actingToken(ctx: { actor: Actor }): { tokenId: Id; accountId: Id } {
  const { tokenId, accountId } = actingPerson(ctx)
  if (!tokenId) throw new Forbidden()
  return { tokenId, accountId }
}
