import { receiveReaction } from '#core/reactions/receive-reaction'
import { authenticActivity } from '../authentic-object.ts'
import { findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { readReaction } from '../objects/reaction.ts'
import { assertPermits } from '../permitted.ts'
import { idOf } from '../properties.ts'
import { relayDeed } from '../relay-to-group.ts'

/**
 * Like and EmojiReact: a favourite of a post that is here, or an emoji for it (wire 8.6, 8.7). Of posts that are not,
 * nothing is fetched.
 */
export default listen(['Like', 'EmojiReact'], async (ctx, heard) => {
  const post = await findStoredPost(idOf(heard.json.object))
  const incoming = post && (await authenticActivity(ctx, heard))
  if (!incoming) return
  const { json, id, actor } = incoming
  const said = await readReaction(json, actor)
  if (!said) return
  await assertPermits(ctx, { kind: 'like', target: post, accountId: actor.id, made: json })
  const reaction = { accountId: actor.id, postId: post.id, uri: id ?? null, ...said }
  if (await receiveReaction(ctx, reaction)) await relayDeed(ctx, incoming, post)
})
