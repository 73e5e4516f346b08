import { receiveBlock } from '#core/relationships/receive-block'
import { findStoredAccount } from '../find-stored.ts'
import { listen, nameFor } from '../listen.ts'
import { idOf } from '../properties.ts'
import { takeModeration } from '../take-moderation.ts'

/** Block of a member by the sender (wire 8.11), or a ban from a group here by a moderator; other bans are none of ours. */
export default listen(['Block'], async (ctx, incoming) => {
  const { json, actor, isForwarded } = incoming
  if (json.target !== undefined) return void (await takeModeration(ctx, incoming))
  const blocked = await findStoredAccount(idOf(json.object))
  if (!blocked?.isLocal || isForwarded) return
  await receiveBlock(ctx, { blockerId: actor.id, blockedId: blocked.id, uri: nameFor(incoming) })
})
