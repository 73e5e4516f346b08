import { instance } from '#config/instance'
import { knownMentions } from '../accounts/known-mentions.ts'
import { lookUpAccount } from '../accounts/look-up-account.ts'
import { hashtagUrl, parseOurs } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { findEmojis } from '../media/find-emojis.ts'
import { visibleAmong } from '../posts/post.queries.ts'
import { composeText } from '../text/compose-text.ts'
import { findHashtags } from '../text/find-hashtags.ts'
import { findLinks } from '#platform/links'
import type { AnnouncedPost } from './announcement.model.ts'

/** The text of an announcement as it is kept: as HTML, with the accounts, posts, hashtags and emojis it speaks of. */
export async function composeAnnouncement(ctx: Ctx, text: string) {
  const [mentions, emojis, posts] = await Promise.all([
    knownMentions(ctx, text),
    findEmojis(ctx, text),
    announcedPosts(ctx, text),
  ])
  const named = new Map([...mentions.values()].map((each) => [each.acct, each]))
  const accounts = await Promise.all(
    [...named.values()].map(async ({ username, acct, url }) => ({
      id: (await lookUpAccount(ctx, { acct })).id,
      username,
      acct,
      url,
    })),
  )
  return {
    text,
    html: composeText(text, { origin: instance.origin, mentions, format: 'note' }),
    mentions: accounts,
    posts,
    hashtags: findHashtags(text).map(({ name, display }) => ({ name: display, url: hashtagUrl(name) })),
    emojis,
  }
}

// Posts of this instance that anybody may see.
async function announcedPosts(ctx: Ctx, text: string): Promise<AnnouncedPost[]> {
  const linked = findLinks(text).flatMap(({ url }) => {
    const found = parseOurs(url)
    return found && 'postId' in found ? [{ id: found.postId, url }] : []
  })
  if (linked.length === 0) return []
  const ids = linked.map(({ id }) => id)
  const visible = await visibleAmong({ ...ctx, actor: { kind: 'visitor' } }, [...new Set(ids)])
  return visible.map((id) => ({ id, url: linked.find((each) => each.id === id)?.url ?? '' }))
}
