import type { TermsVersion } from '#core/instances/find-terms'
import { dayOf } from '#server/pages/dates'
import { html, raw } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** What members agree to. Their markup was sanitised when it was set. */
export function termsPage(site: Site, terms: TermsVersion): string {
  const main = html`<h1>${words.termsPage.title}</h1>
    <p class="hint">${words.termsPage.since} ${dayOf(`${terms.date}T00:00:00Z`)}</p>
    <div class="prose card">${raw(terms.html)}</div>`
  return layout(site, { title: words.termsPage.title, canonical: paths.terms, width: 'reading', main })
}
