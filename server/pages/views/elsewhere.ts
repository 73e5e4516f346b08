import { html, safeUrl } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { circles } from '#server/pages/parts/brand'
import { words } from '#server/pages/words'

const say = words.elsewhere

/** Points to the page of somebody or something on another server: a link to there never leaves here unseen (W8). */
export function elsewherePage(site: Site, view: { handle: string; url: string }): string {
  const domain = URL.parse(view.url)?.host ?? ''
  const title = say.title(view.handle)
  const main = html`<div class="card centered">
    ${circles('together')}
    <h1>${title}</h1>
    <p class="lead">${say.text(domain)}</p>
    <p>
      <a class="button" href="${safeUrl(view.url)}" rel="nofollow noopener noreferrer">${say.go(domain)}</a>
    </p>
  </div>`
  return layout(site, { title, width: 'narrow', noindex: true, main })
}
