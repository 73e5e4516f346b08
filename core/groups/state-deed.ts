import { actingId } from '../actor.ts'
import type { TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import { emit, type Facts } from '#platform/facts'
import type { Id } from '#platform/ids'

type Stamp = { actorId: Id; deedId: Id }

/** The facts of what moderators do. */
export type DeedName = {
  [N in keyof Facts]: N extends `group.${string}` ? (Facts[N] extends Stamp ? N : never) : never
}[keyof Facts]

/**
 * States what a moderator of a group did: the actor, unless somebody else is named. What follows, follows in the order of the deeds
 * (federation rule 204).
 */
export async function stateDeed<N extends DeedName>(
  ctx: TxCtx,
  name: N,
  deed: Omit<Facts[N], keyof Stamp>,
  actorId: Id = actingId(ctx),
): Promise<void> {
  const made = await row<{ id: Id }>(ctx, 'SELECT kith_id() AS id')
  const fact = { ...deed, actorId, deedId: made!.id } as Facts[N] & { groupId: Id }
  await emit(ctx, name, fact, { lane: `group ${fact.groupId}` })
}
