import { html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { empty } from '#server/pages/parts/empty'
import { pager, type PagerView } from '#server/pages/parts/pager'
import { postList } from '#server/pages/parts/post-list'
import type { PostView } from '#server/pages/parts/post'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** `name` without the number sign, as its first user wrote it. */
export type TagView = { name: string; posts: PostView[]; pager: PagerView }

/** Public posts with a hashtag. */
export function tagPage(site: Site, view: TagView): string {
  const main = html`<h1 dir="auto"><span class="soft">#</span>${view.name}</h1>
    ${view.posts.length > 0 ? postList(view.posts) : empty(words.tag.noneTitle, words.tag.none(view.name))}
    ${pager(view.pager)}`
  return layout(site, {
    title: `#${view.name}`,
    description: words.tag.description(view.name),
    canonical: paths.tag(view.name),
    width: 'reading',
    main,
  })
}
