import { html, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { postArticle, type PostView } from '#server/pages/parts/post'
import { words } from '#server/pages/words'

/** A reply and how deep it stands below the post: 1 for a direct answer. */
export type ReplyView = { post: PostView; depth: number }

export type PostPageView = {
  post: PostView
  /** What the post answers, oldest first. */
  ancestors: PostView[]
  /** The address of what the oldest of them answers, when that is not here. */
  goesOnAt?: string | undefined
  /** Answers in reading order: each followed by its own. */
  replies: ReplyView[]
  /** The ActivityPub id, for the alternate link. */
  activityId: string
  noindex: boolean
}

const say = words.post
const deepest = 4

const plainText = (markup: string): string =>
  markup
    .replace(/<br\s*\/?>|<\/p>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#39|apos);/g, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

/** Gives the beginning of a post as plain text; behind a content warning only the warning. */
export function excerptOf(post: PostView, length: number): string {
  const text = [...(post.spoiler || plainText(post.html))]
  return text.length <= length
    ? text.join('')
    : `${text
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
}

function previewImage(post: PostView): { url: string; alt: string } | undefined {
  const shown =
    !post.sensitive && !post.spoiler && post.media.find(({ kind }) => kind !== 'audio' && kind !== 'file')
  if (shown && (shown.kind === 'image' || shown.previewUrl))
    return { url: shown.previewUrl ?? shown.url, alt: shown.alt }
  return post.author.avatarUrl ? { url: post.author.avatarUrl, alt: '' } : undefined
}

const answers = (replies: readonly ReplyView[]): Html =>
  html`<section class="replies" aria-labelledby="replies">
    <h2 id="replies">${say.repliesTitle}</h2>
    ${
      replies.length === 0
        ? html`<p class="hint">${say.noReplies}</p>`
        : html`<ol>
            ${replies.map(({ post, depth }) => html`<li class="depth-${Math.min(depth, deepest)}">${postArticle(post, 'threaded')}</li>`)}
          </ol>`
    }
  </section>`

/** The page of one post with what it answers above it and its answers below it. */
export function postPage(site: Site, view: PostPageView): string {
  const { post } = view
  const name = post.author.displayName || post.author.handle
  const main = html`<h1 class="hidden-label">${say.by(name, post.author.handle)}</h1>
    ${
      view.ancestors.length > 0 &&
      html`<ol class="ancestors">
        ${
          view.goesOnAt &&
          html`<li class="hint">
            ${say.gap} <a href="${view.goesOnAt}" rel="nofollow noopener">${say.gapLink}</a>
          </li>`
        }
        ${view.ancestors.map((one) => html`<li>${postArticle(one, 'threaded')}</li>`)}
      </ol>`
    }
    ${postArticle(post, 'main')} ${answers(view.replies)}`
  return layout(site, {
    title: say.title(name, excerptOf(post, 60)),
    description: excerptOf(post, 200),
    canonical: post.url,
    image: previewImage(post),
    ogType: 'article',
    alternates: [{ type: 'application/activity+json', href: view.activityId }],
    noindex: view.noindex,
    width: 'reading',
    main,
  })
}
