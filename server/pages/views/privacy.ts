import { dayOf } from '#server/pages/dates'
import { html, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** `text` is sanitised markup; `updatedAt` ISO 8601, null for the text that comes with Kith. */
export type PrivacyView = { text: Html; updatedAt: string | null }

/** What is done with people's data. */
export function privacyPage(site: Site, view: PrivacyView): string {
  const main = html`<h1>${words.privacyPage.title}</h1>
    ${view.updatedAt && html`<p class="hint">${words.privacyPage.updated} ${dayOf(view.updatedAt)}</p>`}
    <div class="prose card">${view.text}</div>`
  return layout(site, { title: words.privacyPage.title, canonical: paths.privacy, width: 'reading', main })
}
