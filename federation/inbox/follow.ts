import { receiveFollow } from '#core/relationships/receive-follow'
import { findStoredAccount } from '../find-stored.ts'
import { listen, nameFor } from '../listen.ts'
import { idOf } from '../properties.ts'

/** Follow of a member: accepted at once, or a request when they choose their followers. A repeat is answered again. */
export default listen(['Follow'], async (ctx, incoming) => {
  const { json, actor, isForwarded } = incoming
  const followed = await findStoredAccount(idOf(json.object))
  if (!followed?.isLocal || followed.kind === 'application' || isForwarded) return
  await receiveFollow(ctx, { followerId: actor.id, followedId: followed.id, uri: nameFor(incoming) })
})
