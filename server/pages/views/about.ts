import { html, safeUrl, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { wordmark } from '#server/pages/parts/brand'
import { contactCard, type ContactView } from '#server/pages/parts/contact'
import { rulesList, type RuleView } from '#server/pages/parts/rules'
import { compact } from '#server/pages/numbers'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

export type AboutView = {
  /** One sentence in plain text. */
  summary: string
  /** Sanitised markup of the longer description, empty when there is none. */
  description: Html | null
  rules: RuleView[]
  contact: ContactView
  counts: { people: number; posts: number; servers: number }
  /** Where the source of this very server can be had, as its licence asks; null when nobody has said. */
  sourceUrl: string | null
}

const say = words.aboutPage

/** What this server is, its rules, who keeps it, and what it runs. */
export function aboutPage(site: Site, view: AboutView): string {
  const title = say.title(site.name)
  const main = html`<h1>${title}</h1>
    <p class="lead">${view.summary}</p>
    ${view.description && html`<div class="prose card">${view.description}</div>`}
    ${contactCard(view.contact)}
    <section aria-labelledby="rules">
      <h2 id="rules">${say.rules}</h2>
      ${view.rules.length > 0 ? rulesList(view.rules) : html`<p>${say.noRules}</p>`}
    </section>
    <section aria-labelledby="numbers">
      <h2 id="numbers">${say.numbers}</h2>
      <dl class="figures">
        <div>
          <dt>${words.landing.peopleLabel}</dt>
          <dd>${compact(view.counts.people)}</dd>
        </div>
        <div>
          <dt>${words.landing.postsLabel}</dt>
          <dd>${compact(view.counts.posts)}</dd>
        </div>
        <div>
          <dt>${words.landing.serversLabel}</dt>
          <dd>${compact(view.counts.servers)}</dd>
        </div>
      </dl>
    </section>
    <section aria-labelledby="software">
      <h2 id="software">${say.software}</h2>
      <p>${wordmark()}</p>
      <p>
        ${say.softwareText} ${site.version}.
        ${view.sourceUrl && html`<a href="${safeUrl(view.sourceUrl)}">${say.source}</a>`}
      </p>
    </section>`
  return layout(site, { title, description: view.summary, canonical: paths.about, width: 'reading', main })
}
