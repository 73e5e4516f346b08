import { receiveFollow } from '#core/relationships/receive-follow'
import { findStoredAccount } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { idOf } from '../properties.ts'

/** Follow of a member: accepted at once, or a request when they choose their followers. A repeat is answered again. */
export default listen(['Follow'], async (ctx, { json, id, actor, isForwarded }) => {
  const followed = await findStoredAccount(idOf(json.object))
  if (!followed?.isLocal || followed.kind === 'application' || isForwarded || !id) return
  await receiveFollow(ctx, { followerId: actor.id, followedId: followed.id, uri: id })
})
