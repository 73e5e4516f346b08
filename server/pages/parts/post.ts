import { dayOf, momentOf } from '#server/pages/dates'
import { emojifyHtml, emojifyText, type EmojiView } from '#server/pages/emojify'
import { html, safeUrl, type Html } from '#server/pages/html'
import { compact } from '#server/pages/numbers'
import { avatar } from '#server/pages/parts/avatar'
import { icon, type IconName } from '#server/pages/parts/icons'
import { linkCard, type CardView } from '#server/pages/parts/link-card'
import { gallery, type MediaView } from '#server/pages/parts/media'
import { pollBars, type PollView } from '#server/pages/parts/poll'
import { words } from '#server/pages/words'

/** Who wrote something. `handle` starts with @ and has the host for people of other servers. */
export type AuthorView = {
  displayName: string
  handle: string
  url: string
  avatarUrl: string | null
  emojis: EmojiView[]
}

/** One post as everybody may see it. `html` has passed the sanitiser; times are ISO 8601; `url` is its page. */
export type PostView = {
  id: string
  url: string
  author: AuthorView
  html: string
  /** Content warning in plain text, empty when there is none. */
  spoiler: string
  sensitive: boolean
  language: string | null
  media: MediaView[]
  poll: PollView | null
  card: CardView | null
  /** A post this one quotes; `gone` when it may not be shown. */
  quote: PostView | 'gone' | null
  emojis: EmojiView[]
  publishedAt: string
  editedAt: string | null
  visibility: 'public' | 'unlisted' | 'private' | 'direct'
  counts: { replies: number; boosts: number; favourites: number }
  replyTo: { handle: string; url: string } | null
  boostedBy: AuthorView | null
  pinned: boolean
}

const say = words.post

const name = (author: AuthorView): Html =>
  html`<bdi>${emojifyText(author.displayName || author.handle, author.emojis)}</bdi>`

function context(post: PostView): Html | null {
  if (post.boostedBy) {
    const { boostedBy } = post
    return html`<p class="context">
      ${icon('boost')} <a href="${safeUrl(boostedBy.url)}">${name(boostedBy)}</a> ${say.boosted}
    </p>`
  }
  return post.pinned ? html`<p class="context">${icon('pin')} ${words.profile.pinned}</p>` : null
}

const byline = (post: PostView): Html =>
  html`<header class="byline">
    <a class="author" href="${safeUrl(post.author.url)}">
      ${avatar(post.author, 48)}
      <span class="names"
        ><strong>${name(post.author)}</strong>
        <span class="handle" title="${post.author.handle}">${post.author.handle}</span></span
      >
    </a>
    <a class="when" href="${safeUrl(post.url)}">${dayOf(post.publishedAt)}</a>
  </header>`

function body(post: PostView): Html {
  const language = post.language && html` lang="${post.language}"`
  return html`${post.html && html`<div class="prose" ${language} dir="auto">${emojifyHtml(post.html, post.emojis)}</div>`}
  ${post.poll && pollBars(post.poll, post.emojis)} ${gallery(post.media, post.sensitive && !post.spoiler)}
  ${post.media.length === 0 && post.card && linkCard(post.card)} ${quoted(post.quote)}`
}

function quoted(quote: PostView['quote']): Html | null {
  if (quote === null) return null
  if (quote === 'gone') return html`<p class="quoted gone">${say.quoteGone}</p>`
  return html`<blockquote class="quoted" cite="${safeUrl(quote.url)}" aria-label="${say.quoted}">
    ${byline(quote)} ${warned(quote)}
  </blockquote>`
}

function warned(post: PostView): Html {
  if (!post.spoiler) return body(post)
  return html`<details class="warning">
    <summary>${icon('warning')} <span dir="auto">${emojifyText(post.spoiler, post.emojis)}</span></summary>
    ${body(post)}
  </details>`
}

const count = (which: IconName, number: number, text: string): Html =>
  html`<li title="${text}">
    ${icon(which)} <span aria-hidden="true">${compact(number)}</span><span class="hidden-label">${text}</span>
  </li>`

const counts = ({ counts: { replies, boosts, favourites } }: PostView): Html =>
  html`<ul class="counts">
    ${count('reply', replies, say.replies(replies))} ${count('boost', boosts, say.boosts(boosts))}
    ${count('heart', favourites, say.favourites(favourites))}
  </ul>`

const details = (post: PostView): Html =>
  html`<p class="details">
    <a href="${safeUrl(post.url)}">${momentOf(post.publishedAt)}</a>
    ${post.editedAt && html`<span>${say.edited} ${momentOf(post.editedAt)}</span>`}
    <span class="visibility"
      >${icon(post.visibility === 'public' ? 'globe' : post.visibility === 'unlisted' ? 'moon' : 'lock')}
      ${say.visibility[post.visibility]}</span
    >
  </p>`

const replyLine = ({ replyTo }: PostView): Html | null =>
  replyTo &&
  html`<p class="context">
    ${icon('reply')} ${say.replyTo} <a href="${safeUrl(replyTo.url)}">${replyTo.handle}</a>
  </p>`

/** Shows one post: `main` is the post its page is about, `listed` one among others, `threaded` one whose place in a thread shows what it answers. */
export function postArticle(post: PostView, as: 'main' | 'listed' | 'threaded' = 'listed'): Html {
  const label = say.by(post.author.displayName || post.author.handle, post.author.handle)
  return html`<article class="post ${as}" id="post-${post.id}" aria-label="${label}">
    ${context(post)} ${byline(post)} ${as !== 'threaded' && replyLine(post)} ${warned(post)}
    ${as === 'main' && details(post)} ${counts(post)}
  </article>`
}
