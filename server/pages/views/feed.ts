import { Feed } from 'feed'
import { html, raw, safeUrl, type Html } from '#server/pages/html'
import type { Site } from '#server/pages/layout'
import type { PostView } from '#server/pages/parts/post'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** What a feed tells of an account. `posts` are public ones of its own, newest first; `note` is plain text. */
export type FeedView = {
  username: string
  displayName: string
  handle: string
  note: string
  avatarUrl: string | null
  posts: PostView[]
}

// What XML 1.0 may hold: one control character in one post would break the whole feed for readers.
const outside = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

// The library closes only the first of several CDATA ends that stand in one text.
const clean = (text: string): string => text.replaceAll(outside, '').replaceAll(']]>', ']]&gt;')

/** The public posts of an account as RSS 2.0, with a content warning in place of what it covers. */
export function profileFeed(site: Site, view: FeedView): string {
  const name = view.displayName || view.username
  const link = site.origin + paths.profile(view.username)
  const feed = new Feed({
    id: link,
    link,
    title: clean(`${name} (${view.handle})`),
    description: clean(view.note || words.profile.description(name, view.handle)),
    feedLinks: { rss: site.origin + paths.feed(view.username) },
    generator: `Kith ${site.version}`,
    ...(view.avatarUrl ? { image: view.avatarUrl } : {}),
    ...(view.posts[0] ? { updated: new Date(view.posts[0].publishedAt) } : {}),
  })
  for (const post of view.posts) feed.addItem(item(post))
  return feed.rss2()
}

function item(post: PostView) {
  return {
    id: post.url,
    link: post.url,
    title: '',
    date: new Date(post.publishedAt),
    description: clean(contents(post).text),
  }
}

function contents(post: PostView): Html {
  if (post.spoiler) return html`<p>${words.post.warning}: ${post.spoiler}</p>`
  const pictures = post.sensitive ? [] : post.media.filter(({ kind }) => kind === 'image')
  return html`${raw(post.html)}${pictures.map(({ url, alt }) => html`<p><img src="${safeUrl(url)}" alt="${alt}" /></p>`)}`
}
