import type { Account } from '#core/accounts/account.model'
import { accountUri, instanceActorUri, isOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { receiveRelayAnswer } from '#core/relays/receive-relay-answer'
import { idOf, isJson } from './properties.ts'
import { isPublic } from './vocabulary.ts'

type Answer = { object: unknown; actor: Account; isAccepted: boolean }

/**
 * Takes the Accept or Reject of a Follow by the instance itself, which only relays get: by the id of it, or, where that is
 * left out or replaced, by who follows whom in it (wire 13.2). Gives whether it answered such a Follow.
 */
export async function takeRelayAnswer(ctx: Ctx, { object, actor, isAccepted }: Answer): Promise<boolean> {
  const id = idOf(object)
  if (id && isOurs(id)) {
    if (!id.startsWith(`${instanceActorUri}/follows/`)) return false
    await receiveRelayAnswer(ctx, { account: actor, followUri: id, isAccepted })
    return true
  }
  if (!isJson(object) || idOf(object.actor) !== instanceActorUri) return false
  const followed = idOf(object.object) ?? ''
  if (isPublic(followed) || followed === accountUri(actor))
    await receiveRelayAnswer(ctx, { account: actor, followUri: undefined, isAccepted })
  return true
}
