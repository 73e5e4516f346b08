import { Account } from '#core/accounts/account.model'
import { keysOf } from '#core/accounts/account-keys'
import { Group } from '#core/groups/group.model'
import { Medium } from '#core/media/medium.model'
import { renderAccount } from './objects/account.ts'
import type { Json } from './properties.ts'
import { multikeyOf } from './signatures/public-key.ts'

/** The actor document of an account of this instance. */
export async function actorDocument(account: Account): Promise<Json> {
  const [keys, avatar, header, movedTo, group] = await Promise.all([
    keysOf(account.id),
    account.avatarId ? Medium.findByPk(account.avatarId) : null,
    account.headerId ? Medium.findByPk(account.headerId) : null,
    account.movedToId ? Account.findByPk(account.movedToId) : null,
    account.kind === 'group' ? Group.findByPk(account.id) : null,
  ])
  const { publicPem } = keys
  return renderAccount({
    account,
    publicPem,
    proofKey: multikeyOf(keys.proofKey),
    avatar,
    header,
    movedTo,
    group,
  })
}
