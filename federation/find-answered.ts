import { Account } from '#core/accounts/account.model'
import { accountUri, isOurs } from '#core/addresses'
import { Follow } from '#core/relationships/follow.model'
import type { Id } from '#platform/ids'
import { findStoredAccount } from './find-stored.ts'
import { idOf, isJson } from './properties.ts'

/**
 * Whose follow an Accept or Reject answers: by the Follow inside, whatever its id, or by the id alone (wire 8.5).
 * Only a follow of the answering account counts.
 */
export async function findAnswered(object: unknown, actor: Account): Promise<Id | undefined> {
  if (isJson(object) && idOf(object.object) === accountUri(actor)) {
    const follower = await findStoredAccount(idOf(object.actor))
    if (follower?.isLocal) return follower.id
  }
  const id = idOf(object)
  const [, followId] = (id && isOurs(id) && /\/follows\/(\d{1,19})$/.exec(id)) || []
  const follow = followId ? await Follow.findOne({ where: { id: followId, followedId: actor.id } }) : null
  return follow?.followerId
}
