import { Account } from '#core/accounts/account.model'
import { accountUri, isOurs } from '#core/addresses'
import { Follow } from '#core/relationships/follow.model'
import { type Id, isId } from '#platform/ids'
import { findStoredAccount } from './find-stored.ts'
import { mayStillCome, NotYet } from './not-yet.ts'
import { idOf, isJson, typeOf, typesOf } from './properties.ts'

/**
 * Whose follow an Accept or Reject answers: the one with this id, which may be an old one that ended since; by the two
 * accounts in it only when it has no id of ours (wire 8.5, PLEROMA-2.0.3-b). Only a follow of the answering account
 * counts. Throws NotYet for one that may be about to be committed (federation rule 120).
 */
export async function findAnswered(object: unknown, actor: Account): Promise<Id | undefined> {
  const id = idOf(object)
  const [, followId] = (id && isOurs(id) && /\/follows\/(\d{1,19})$/.exec(id)) || []
  if (isId(followId)) {
    const follow = await Follow.findByPk(followId)
    if (!follow && mayStillCome(followId)) throw new NotYet(`there is no follow ${followId}`)
    return follow?.followedId === actor.id ? follow.followerId : undefined
  }
  if (!isJson(object) || idOf(object.object) !== accountUri(actor)) return undefined
  // Others ask to join a group, or invite to one (feature events-04).
  if (typesOf(object).length > 0 && !typeOf(object, ['Follow'])) return undefined
  const follower = await findStoredAccount(idOf(object.actor))
  return follower?.isLocal ? follower.id : undefined
}
