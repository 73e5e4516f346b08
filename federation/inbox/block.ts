import { receiveBlock } from '#core/relationships/receive-block'
import { findStoredAccount } from '../find-stored.ts'
import { listen, nameFor } from '../listen.ts'
import { idOf } from '../properties.ts'

/** Block of a member by the sender (wire 8.11); bans of communities are none of ours. */
export default listen(['Block'], async (ctx, incoming) => {
  const { json, actor, isForwarded } = incoming
  const blocked = await findStoredAccount(idOf(json.object))
  if (!blocked?.isLocal || json.target !== undefined || isForwarded) return
  await receiveBlock(ctx, { blockerId: actor.id, blockedId: blocked.id, uri: nameFor(incoming) })
})
