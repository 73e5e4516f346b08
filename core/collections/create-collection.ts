import { limits } from '#config/limits'
import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { refuse } from '../field-problems.ts'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { addToCollection } from './add-to-collection.ts'
import { Collection } from './collection.model.ts'
import { type CollectionTexts, readCollection } from './collection.policy.ts'

export type NewCollection = CollectionTexts & { accountIds?: readonly Id[] }

/**
 * Makes a collection, with accounts in it or none (COLL-01). Throws Invalid, Forbidden when one of the accounts does not
 * agree (COLL-03), NotFound for one that there is not; then nothing is made.
 */
export const createCollection = (
  ctx: Ctx,
  { accountIds = [], ...typed }: NewCollection,
): Promise<Collection> =>
  transact(ctx, async (ctx) => {
    const { accountId: ownerId } = actingPerson(ctx)
    const { name = '', ...columns } = readCollection({ ...typed, name: typed.name ?? '' })
    refuse([
      ...(typed.isSensitive === undefined ? [['sensitive', 'ERR_BLANK'] as const] : []),
      ...(typed.isDiscoverable === undefined ? [['discoverable', 'ERR_BLANK'] as const] : []),
    ])
    // Two made at the same moment must not both be the last one.
    await lockKeys(ctx, [`collections of ${ownerId}`])
    if ((await Collection.count({ where: { ownerId }, transaction: ctx.tx })) >= limits.collection.perUser)
      throw new Invalid(
        `Validation failed: You have reached the limit of ${limits.collection.perUser} collections`,
        {},
      )
    const made = await Collection.create({ ownerId, name, ...columns }, { transaction: ctx.tx })
    for (const accountId of new Set(accountIds)) await addToCollection(ctx, { id: made.id, accountId })
    return made
  })
