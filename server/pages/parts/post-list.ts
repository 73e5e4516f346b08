import { html, type Html } from '#server/pages/html'
import { postArticle, type PostView } from '#server/pages/parts/post'

/** A list of posts, newest first as they come. */
export const postList = (posts: readonly PostView[]): Html =>
  html`<div class="posts">${posts.map((post) => postArticle(post))}</div>`
