import type { Account } from '../accounts/account.model.ts'
import { changeProfile } from '../accounts/edit-profile.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import type { UploadedFile } from '../media/uploaded-file.ts'
import { now } from '#platform/clock'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findGroup } from './find-group.ts'
import { Group } from './group.model.ts'
import { assertRank } from './group.policy.ts'

/** What is absent stays as it is; `null` removes a picture. */
export type GroupChanges = {
  displayName?: string | undefined
  note?: string | undefined
  /** Moderators choose who becomes a member. */
  isLocked?: boolean | undefined
  isDiscoverable?: boolean | undefined
  requiresMembership?: boolean | undefined
  isRestricted?: boolean | undefined
  avatar?: UploadedFile | null | undefined
  header?: UploadedFile | null | undefined
}

/**
 * Changes a group: its admins may. Throws NotFound when there is no such group here, Forbidden, and Invalid with what is
 * wrong with each field (ERR-14).
 */
export const editGroup = (
  ctx: Ctx,
  { groupId, requiresMembership, isRestricted, ...profile }: { groupId: Id } & GroupChanges,
): Promise<Account> =>
  transact(ctx, async (ctx) => {
    const account = await findGroup(ctx, { groupId })
    await assertRank(ctx, groupId, 'admin')
    await changeProfile(ctx, account, profile)
    await changeSettings(ctx, account, { requiresMembership, isRestricted })
    return account
  })

type Settings = Pick<GroupChanges, 'requiresMembership' | 'isRestricted'>

async function changeSettings(ctx: TxCtx, account: Account, wish: Settings): Promise<void> {
  const transaction = ctx.tx
  const group = await Group.findByPk(account.id, { transaction, rejectOnEmpty: true })
  group.set('requiresMembership', wish.requiresMembership ?? group.requiresMembership)
  group.set('isRestricted', wish.isRestricted ?? group.isRestricted)
  if (!group.changed()) return
  await group.save({ transaction })
  await account.update({ updatedAt: now() }, { transaction })
  await emit(ctx, 'account.updated', { accountId: account.id })
}
