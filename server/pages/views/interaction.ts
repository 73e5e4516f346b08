import { emojifyHtml, emojifyText } from '#server/pages/emojify'
import { html, safeUrl, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { avatar } from '#server/pages/parts/avatar'
import { copyRow } from '#server/pages/parts/copy-row'
import { csrfField } from '#server/pages/parts/form'
import { postArticle, type AuthorView, type PostView } from '#server/pages/parts/post'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** Somebody to follow; `note` has passed the sanitiser. `state` is how the member stands to them. */
export type FollowView = {
  id: string
  author: AuthorView
  note: string
  state: 'none' | 'pending' | 'accepted' | 'self'
}

const say = words.interaction

const follow = (site: Site, id: string): Html =>
  html`<form method="post" action="${paths.interact}">
    ${csrfField(site.csrfToken)}<input type="hidden" name="id" value="${id}" />
    <button class="button wide-button" type="submit">${say.follow}</button>
  </form>`

/** Where a member comes to follow somebody whom they met on another site. Posts `id` to `paths.interact`. */
export function followPage(site: Site, { id, author, note, state }: FollowView): string {
  const name = emojifyText(author.displayName || author.handle, author.emojis)
  const main = html`<div class="card centered">
    <div class="to-follow">${avatar(author, 96)}</div>
    <h1><bdi>${name}</bdi></h1>
    <p>
      <a
        class="handle"
        href="${safeUrl(author.url)}"
        title="${author.handle}"
        rel="nofollow noopener noreferrer"
        >${author.handle}</a
      >
    </p>
    ${note && html`<div class="prose" dir="auto">${emojifyHtml(note, author.emojis)}</div>`}
    ${state === 'none' ? follow(site, id) : html`<p class="notice" role="status">${say[state]}</p>`}
  </div>`
  return layout(site, { title: say.title(author.handle), width: 'narrow', noindex: true, main })
}

/** Shows a member a post that they met on another site, and how to answer it. */
export function foundPostPage(site: Site, post: PostView): string {
  const main = html`<h1>${say.postTitle}</h1>
    ${postArticle(post, 'main')}
    <div class="follow-box">
      <label for="address">${words.post.answer}</label>
      ${copyRow('address', post.url)}
    </div>`
  return layout(site, { title: say.postTitle, width: 'reading', noindex: true, main })
}
