import { receiveReaction } from '#core/reactions/receive-reaction'
import { findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { readEmojis } from '../objects/account.ts'
import { idOf, type Json, textOf, typeOf } from '../properties.ts'

/**
 * Like: a favourite of a post that is here (wire 8.6). Of posts that are not, nothing is fetched. An EmojiReact says one
 * emoji, or it says nothing (feature emoji-reactions-04).
 */
export default listen(['Like', 'EmojiReact'], async (ctx, { json, id, actor, isForwarded }) => {
  if (isForwarded || (!typeOf(json, ['Like']) && !saysOneEmoji(json))) return
  const post = await findStoredPost(idOf(json.object))
  if (post) await receiveReaction(ctx, { accountId: actor.id, postId: post.id, uri: id ?? null })
})

function saysOneEmoji({ content, tag }: Json): boolean {
  const said = textOf(content) ?? ''
  const isKnown = [said, `${said}\uFE0F`].some((each) => /^\p{RGI_Emoji}$/v.test(each))
  const [shortcode] = said.replaceAll(/^:|:$/g, '').split('@')
  return isKnown || readEmojis(tag).some((emoji) => emoji.shortcode === shortcode)
}
