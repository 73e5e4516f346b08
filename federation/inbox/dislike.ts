import { receiveDislike } from '#core/reactions/receive-dislike'
import { authenticActivity } from '../authentic-object.ts'
import { findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { idOf } from '../properties.ts'
import { relayDeed } from '../relay-to-group.ts'

/** Dislike: a vote against a post that is here, which is kept and never shown as a like (feature votes-03). */
export default listen(['Dislike'], async (ctx, heard) => {
  const post = await findStoredPost(idOf(heard.json.object))
  const incoming = post && (await authenticActivity(ctx, heard))
  if (!incoming) return
  const { id, actor } = incoming
  await receiveDislike(ctx, { accountId: actor.id, postId: post.id, uri: id ?? null })
  await relayDeed(ctx, incoming, post)
})
