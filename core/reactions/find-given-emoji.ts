import { instance } from '#config/instance'
import type { TxCtx } from '../ctx.ts'
import { findEmojis } from '../media/find-emojis.ts'
import type { Post } from '../posts/post.model.ts'
import { normalizeEmoji } from '../text/normalize-emoji.ts'
import { Invalid } from '#platform/errors'
import type { Picture } from './reaction.model.ts'

const LONGEST = 400

/** What apps call an emoji (`🎉`, `:code:`, `code`, `code@domain`), as reactions have it; undefined for what can be none. */
export function emojiNamed(name: string): string | undefined {
  if (name.length > LONGEST) return undefined
  const emoji = normalizeEmoji(name)
  if (emoji) return emoji
  const [, code, domain] = /^([^@:\s]+)(?:@([^@\s]+))?$/.exec(name.replaceAll(/^:|:$/g, '')) ?? []
  if (!code) return undefined
  return domain && domain.toLowerCase() !== instance.domain ? `${code}@${domain.toLowerCase()}` : code
}

/**
 * The emoji that a member means to give a post: any of Unicode, a custom one of this instance, or one of another server
 * that the post has already, as nobody else here knows what it looks like. Throws Invalid for all else.
 */
export async function findGivenEmoji(
  ctx: TxCtx,
  post: Pick<Post, 'reactions'>,
  name: string,
): Promise<{ emoji: string; picture: Picture | null }> {
  const emoji = emojiNamed(name)
  if (emoji && normalizeEmoji(emoji)) return { emoji, picture: null }
  const there = emoji?.includes('@') ? post.reactions?.[emoji]?.picture : undefined
  if (emoji && there) return { emoji, picture: there }
  const [own] = emoji && /^\w+$/.test(emoji) ? await findEmojis(ctx, `:${emoji}:`) : []
  if (!own) throw new Invalid('Validation failed: Name is not a recognized emoji')
  return { emoji: own.shortcode, picture: { url: own.url, staticUrl: own.staticUrl } }
}
