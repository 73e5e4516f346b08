import type { Account } from '#core/accounts/account.model'
import { createGroup, type NewGroup } from '#core/groups/create-group'
import type { Member } from './account.ts'

/** Makes a group of a member: `await group(ann, { requiresMembership: false })`. It is called `tea` unless told otherwise. */
export const group = (owner: Member, draft: Partial<NewGroup> = {}): Promise<Account> =>
  createGroup(owner.ctx, { displayName: 'Tea', ...draft })
