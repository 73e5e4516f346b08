import { actingPerson } from '../actor.ts'
import { Account } from '../accounts/account.model.ts'
import { changeProfile } from '../accounts/edit-profile.ts'
import { checkUsername } from '../auth/check-username.ts'
import type { Ctx } from '../ctx.ts'
import { refuse } from '../field-problems.ts'
import { recordFollow } from '../relationships/record-follow.ts'
import { limits } from '#config/limits'
import { codeOf, Forbidden } from '#platform/errors'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import type { GroupChanges } from './edit-group.ts'
import { Group } from './group.model.ts'
import { GroupRole } from './group-role.model.ts'

/** A group as a member wants it; without a name it gets one like its display name. */
export type NewGroup = GroupChanges & { displayName: string; name?: string | undefined }

const MOST = 50
const TRIES = 20

/**
 * Makes a group, which the acting member owns and is the first member of. Throws Invalid with what is wrong with each
 * field (ERR-14), Forbidden for somebody who owns fifty already or moved away.
 */
export async function createGroup(ctx: Ctx, draft: NewGroup): Promise<Account> {
  const { accountId: ownerId } = actingPerson(ctx)
  const { name: _, requiresMembership, isRestricted, ...profile } = draft
  refuse(draft.displayName.trim() === '' ? [['display_name', 'ERR_BLANK']] : [])
  const username = await nameFor(ctx, draft)
  await assertMayOwn(ctx, ownerId)
  return transact(ctx, async (ctx) => {
    const transaction = ctx.tx
    const account = await Account.create({ username, kind: 'group' }, { transaction }).catch(refuseTaken)
    const groupId = account.id
    const settings = { accountId: groupId, requiresMembership, isRestricted }
    await Group.create(withoutBlanks(settings), { transaction })
    await GroupRole.create({ groupId, accountId: ownerId, role: 'owner' }, { transaction })
    await recordFollow(ctx, { followerId: ownerId, followedId: groupId, state: 'accepted' })
    await emit(ctx, 'group.created', { groupId, ownerId })
    return changeProfile(ctx, account, { isDiscoverable: true, ...withoutBlanks(profile) })
  })
}

const withoutBlanks = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T

async function assertMayOwn(ctx: Ctx, ownerId: string): Promise<void> {
  const transaction = ctx.tx ?? null
  const owned = await GroupRole.count({ where: { accountId: ownerId, role: 'owner' }, transaction })
  const owner = await Account.findByPk(ownerId, { transaction, rejectOnEmpty: true })
  if (owned >= MOST || owner.movedToId) throw new Forbidden()
}

async function nameFor(ctx: Ctx, { name, displayName }: NewGroup): Promise<string> {
  if (name !== undefined) {
    const problem = await checkUsername(ctx, name)
    refuse(problem ? [['name', problem]] : [])
    return name
  }
  const plain = displayName.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '') || 'group'
  for (let at = 1; at <= TRIES; at += 1) {
    const ending = at === 1 ? '' : `_${at}`
    const wanted = words.slice(0, limits.username - ending.length) + ending
    if (!(await checkUsername(ctx, wanted))) return wanted
  }
  refuse([['name', 'ERR_TAKEN']])
  return words
}

// Somebody else was faster with the same name.
function refuseTaken(error: unknown): never {
  if (codeOf(error) === '23505') refuse([['name', 'ERR_TAKEN']])
  throw error
}
