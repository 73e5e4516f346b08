import { html, safeUrl, type Html } from '#server/pages/html'
import { icon } from '#server/pages/parts/icons'
import { words } from '#server/pages/words'

/** Addresses of the neighbouring pages, where there are any. */
export type PagerView = { newer: string | null; older: string | null }

/** Links to newer and older entries; nothing when all are on this page. */
export function pager(view: PagerView): Html | null {
  if (!view.newer && !view.older) return null
  return html`<nav class="pager" aria-label="${words.pages}">
    ${view.newer && html`<a class="button quiet" rel="prev" href="${safeUrl(view.newer)}">${icon('arrowLeft')} ${words.newer}</a>`}
    ${view.older && html`<a class="button quiet older" rel="next" href="${safeUrl(view.older)}">${words.older} ${icon('arrowRight')}</a>`}
  </nav>`
}
