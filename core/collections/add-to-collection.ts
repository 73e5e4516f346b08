import { limits } from '#config/limits'
import type { Ctx } from '../ctx.ts'
import { findAccount } from '../accounts/find-account.ts'
import { areBlocked } from '../relationships/relationship.policy.ts'
import { Forbidden, Invalid } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { CollectionItem } from './collection-item.model.ts'
import { consentOf } from './collection.policy.ts'
import { findOwnCollection } from './find-own-collection.ts'

/**
 * Puts an account into a collection of the actor. Throws NotFound, Forbidden when the collection is another's or the
 * account does not agree (COLL-03), Invalid when it is there already or there is no room (COLL-01).
 */
export const addToCollection = (
  ctx: Ctx,
  { id, accountId }: { id: Id; accountId: Id },
): Promise<CollectionItem> =>
  transact(ctx, async (ctx) => {
    const transaction = ctx.tx
    const { ownerId } = await findOwnCollection(ctx, { id })
    const account = await findAccount(ctx, { id: accountId })
    const state = consentOf(account)
    if (!state || (await areBlocked(ctx, ownerId, accountId))) throw new Forbidden()
    const known = await CollectionItem.findAll({ where: { collectionId: id }, transaction })
    const before = known.find((item) => item.accountId === accountId)
    if (before?.state === 'revoked' || before?.state === 'rejected') throw new Forbidden()
    if (before) throw new Invalid('Validation failed: Account has already been taken', taken)
    if (known.filter(isListed).length >= limits.collection.accounts)
      throw new Invalid(
        `Validation failed: A collection has at most ${limits.collection.accounts} accounts`,
        {},
      )
    const item = await CollectionItem.create({ collectionId: id, accountId, state }, { transaction })
    if (state === 'accepted') await emit(ctx, 'collection.filled', { collectionId: id, ownerId, accountId })
    return item
  })

const isListed = ({ state }: CollectionItem): boolean => state === 'accepted' || state === 'pending'

const taken = { account: [{ error: 'ERR_TAKEN', description: 'has already been taken' }] }
