import { instanceActorUri } from '#core/addresses'
import { receiveFollow } from '#core/relationships/receive-follow'
import { receiveRelayFollow } from '#core/relays/receive-relay-follow'
import { findStoredAccount } from '../find-stored.ts'
import { listen, nameFor } from '../listen.ts'
import { idOf } from '../properties.ts'

/**
 * Follow of a member: accepted at once, or a request when they choose their followers. A repeat is answered again. The
 * instance itself is followed by its relays only.
 */
export default listen(['Follow'], async (ctx, incoming) => {
  const { json, actor, isForwarded } = incoming
  if (isForwarded) return
  const [uri, followedUri] = [nameFor(incoming), idOf(json.object)]
  if (followedUri === instanceActorUri)
    return void (await receiveRelayFollow(ctx, { accountId: actor.id, uri }))
  const followed = await findStoredAccount(followedUri)
  if (!followed?.isLocal || followed.kind === 'application') return
  await receiveFollow(ctx, { followerId: actor.id, followedId: followed.id, uri })
})
