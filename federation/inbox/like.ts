import { receiveReaction } from '#core/reactions/receive-reaction'
import { findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { idOf } from '../properties.ts'

/** Like: a favourite of a post that is here (wire 8.6). Of posts that are not, nothing is fetched. */
export default listen(['Like', 'EmojiReact'], async (ctx, { json, id, actor, isForwarded }) => {
  const post = await findStoredPost(idOf(json.object))
  if (post && !isForwarded)
    await receiveReaction(ctx, { accountId: actor.id, postId: post.id, uri: id ?? null })
})
