import { maySee } from '#core/posts/interactions/may-see'
import { refuseInteraction } from '#core/posts/interactions/refuse-interaction'
import { transact } from '#platform/transact'
import { findStoredPost } from '../find-stored.ts'
import { kindOfRequest } from '../interaction-kinds.ts'
import { listen, nameFor } from '../listen.ts'
import { idOf, typesOf } from '../properties.ts'
import { takeInstrument } from '../take-instrument.ts'

/**
 * LikeRequest, ReplyRequest and AnnounceRequest: somebody wants to do that with a post of ours (wire 10.6). What they want to do
 * must be by them, and about that very post, which they may see; else they are refused. All else its policy says (rule 217).
 */
export default listen(['LikeRequest', 'ReplyRequest', 'AnnounceRequest'], async (ctx, incoming) => {
  const { json, actor, isForwarded } = incoming
  const [target, uri] = [await findStoredPost(idOf(json.object)), idOf(json.instrument)]
  const kind = typesOf(json).map(kindOfRequest).find(Boolean)
  if (!target?.isLocal || target.boostOfId || isForwarded || !uri || !kind) return
  const asked = { kind, target, requestUri: nameFor(incoming) }
  const isSeen = await maySee(ctx, { postId: target.id, accountId: actor.id })
  if (isSeen && (await takeInstrument(ctx, incoming, asked))) return
  await transact(ctx, (ctx) => refuseInteraction(ctx, { ...asked, accountId: actor.id, uri }))
})
