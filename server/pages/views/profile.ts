import { monthOf } from '#server/pages/dates'
import { emojifyHtml, emojifyText, type EmojiView } from '#server/pages/emojify'
import { html, safeUrl, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { avatar } from '#server/pages/parts/avatar'
import { copyRow } from '#server/pages/parts/copy-row'
import { empty } from '#server/pages/parts/empty'
import { icon } from '#server/pages/parts/icons'
import { pager, type PagerView } from '#server/pages/parts/pager'
import { postList } from '#server/pages/parts/post-list'
import type { PostView } from '#server/pages/parts/post'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

export type ProfileTab = 'posts' | 'replies' | 'media'

/** A local account as everybody sees it. `note` and the values of `fields` have passed the sanitiser. */
export type ProfileView = {
  username: string
  displayName: string
  /** With @ and host: what people on other servers search for. */
  handle: string
  avatarUrl: string | null
  headerUrl: string | null
  note: string
  fields: { name: string; value: string; verified: boolean }[]
  emojis: EmojiView[]
  isBot: boolean
  isLocked: boolean
  isGroup: boolean
  isMemorial: boolean
  movedTo: { handle: string; url: string } | null
  /** ISO 8601. */
  createdAt: string
  /** Null for followers and following when the account hides them. */
  counts: { posts: number; followers: number | null; following: number | null }
  tab: ProfileTab
  /** Pinned posts first, marked as such. */
  posts: PostView[]
  pager: PagerView
  /** The ActivityPub id, for the alternate link. */
  activityId: string
  noindex: boolean
}

const say = words.profile

const badges = (view: ProfileView): Html =>
  html`${view.isBot && html`<span class="badge">${icon('robot')} ${say.bot}</span>`}
  ${view.isGroup && html`<span class="badge">${icon('people')} ${say.group}</span>`}
  ${view.isLocked && html`<span class="badge">${icon('lock')} ${say.locked}</span>`}
  ${view.isMemorial && html`<span class="badge">${say.memorial}</span>`}`

const fields = (view: ProfileView): Html | false =>
  view.fields.length > 0 &&
  html`<dl class="fields" aria-label="${say.fields}">
    ${view.fields.map(
      ({ name, value, verified }) =>
        html`<div class="${verified ? 'verified' : ''}">
          <dt dir="auto">${emojifyText(name, view.emojis)}</dt>
          <dd dir="auto">
            ${verified && html`<span class="tick" title="${say.verified}">${icon('check')}<span class="hidden-label">${say.verified}</span></span>`}
            ${emojifyHtml(value, view.emojis)}
          </dd>
        </div>`,
    )}
  </dl>`

function figures({ counts }: ProfileView): Html {
  const { followers, following, posts } = counts
  return html`<ul class="profile-counts">
    <li>${say.posts(posts)}</li>
    ${following !== null && html`<li>${say.following(following)}</li>`}
    ${followers !== null && html`<li>${say.followers(followers)}</li>`}
  </ul>`
}

// A member meets other members here too; everybody else follows from where they are at home.
const followLink = ({ viewer }: Site, { username, handle }: ProfileView): Html | false =>
  viewer !== null &&
  viewer.username !== username &&
  html`<p>
    <a class="button small" href="${paths.interact}?uri=${encodeURIComponent(handle)}"
      >${words.interaction.follow}</a
    >
  </p>`

const side = (site: Site, view: ProfileView): Html =>
  html`<div class="profile-side">
    ${avatar(view, 96)}
    <h1><bdi>${emojifyText(view.displayName || view.username, view.emojis)}</bdi></h1>
    <p class="handle">${view.handle}</p>
    <p class="badges">${badges(view)}</p>
    ${view.note && html`<div class="prose" dir="auto">${emojifyHtml(view.note, view.emojis)}</div>`}
    ${figures(view)} ${followLink(site, view)} ${fields(view)}
    <p class="hint">${say.joined} ${monthOf(view.createdAt)}</p>
    <div class="follow-box">
      <strong>${say.followFrom}</strong>
      <label for="handle">${say.followExplain}</label>
      ${copyRow('handle', view.handle)}
      <a class="feed-link" href="${paths.feed(view.username)}">${icon('feed')} ${words.feed}</a>
    </div>
  </div>`

function tabs(view: ProfileView): Html {
  const base = paths.profile(view.username)
  const tab = (which: ProfileTab, href: string, text: string) =>
    html`<a href="${href}" ${which === view.tab && html` aria-current="page"`}>${text}</a>`
  return html`<nav class="tabs" aria-label="${say.tabs}">
    ${tab('posts', base, say.postsTab)} ${tab('replies', `${base}/with_replies`, say.repliesTab)}
    ${tab('media', `${base}/media`, say.mediaTab)}
  </nav>`
}

function entries(view: ProfileView): Html {
  if (view.posts.length > 0) return html`${postList(view.posts)} ${pager(view.pager)}`
  if (view.pager.newer)
    return html`<p class="hint centered">${say.endOfPosts}</p>
      ${pager(view.pager)}`
  return empty(
    view.tab === 'media' ? say.noMedia : say.noPosts,
    say.noPostsText(view.displayName || view.username),
  )
}

const plain = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** The public profile of a local account, with one of its three lists of posts. */
export function profilePage(site: Site, view: ProfileView): string {
  const name = view.displayName || view.username
  const moved = view.movedTo
  const main = html`${moved && html`<p class="notice"><bdi>${name}</bdi> ${say.movedTo} <a href="${safeUrl(moved.url)}">${moved.handle}</a>.</p>`}
    <div class="profile">
      <div class="cover-picture">
        ${view.headerUrl && html`<img src="${safeUrl(view.headerUrl)}" alt="" />`}
      </div>
      ${side(site, view)}
      <div class="profile-main">${tabs(view)} ${entries(view)}</div>
    </div>`
  return layout(site, {
    title: `${name} (${view.handle})`,
    description: plain(view.note) || say.description(name, view.handle),
    canonical: paths.profile(view.username),
    image: view.avatarUrl ? { url: view.avatarUrl, alt: '' } : undefined,
    ogType: 'profile',
    alternates: [
      { type: 'application/activity+json', href: view.activityId },
      { type: 'application/rss+xml', href: paths.feed(view.username), title: name },
    ],
    noindex: view.noindex,
    width: 'wide',
    main,
  })
}
