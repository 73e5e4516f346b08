import { html, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { compact } from '#server/pages/numbers'
import { contactCard, type ContactView } from '#server/pages/parts/contact'
import { copyRow } from '#server/pages/parts/copy-row'
import { gathering } from '#server/pages/parts/gathering'
import { empty } from '#server/pages/parts/empty'
import { postList } from '#server/pages/parts/post-list'
import type { PostView } from '#server/pages/parts/post'
import { rulesList, type RuleView } from '#server/pages/parts/rules'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

export type LandingView = {
  /** What the people who keep this server say about it, in plain text; may be empty. */
  summary: string
  thumbnailUrl: string | null
  counts: { people: number; posts: number; servers: number }
  posts: PostView[]
  rules: RuleView[]
  contact: ContactView
}

const say = words.landing

function ways(site: Site): Html {
  if (site.viewer)
    return html`<p class="ways"><a class="button" href="${paths.settings}">${words.settings}</a></p>`
  const open = site.signUps !== 'closed'
  return html`<p class="ways">
      ${open && html`<a class="button big" href="${paths.signUp}">${words.signUp}</a>`}
      <a class="button quiet big" href="${paths.logIn}">${words.logIn}</a>
    </p>
    ${site.signUps !== 'open' && html`<p class="hint">${open ? say.approval : say.closed}</p>`}`
}

const hero = (site: Site, view: LandingView): Html =>
  html`<section class="hero">
    <div>
      <h1>${say.greeting(site.name)}</h1>
      <p class="lead">${view.summary || words.tagline}</p>
      <p>${say.explain}</p>
      ${ways(site)}
    </div>
    ${gathering()}
  </section>`

const figures = ({ counts }: LandingView): Html =>
  html`<dl class="figures">
    <div>
      <dt>${say.peopleLabel}</dt>
      <dd>${compact(counts.people)}</dd>
    </div>
    <div>
      <dt>${say.postsLabel}</dt>
      <dd>${compact(counts.posts)}</dd>
    </div>
    <div>
      <dt>${say.serversLabel}</dt>
      <dd>${compact(counts.servers)}</dd>
    </div>
  </dl>`

const beside = (site: Site, view: LandingView): Html =>
  html`<aside class="beside">
    ${figures(view)}
    ${
      view.rules.length > 0 &&
      html`<section aria-labelledby="rules">
        <h2 id="rules">${say.rules}</h2>
        ${rulesList(view.rules)}
      </section>`
    }
    <section aria-labelledby="apps">
      <h2 id="apps">${say.apps}</h2>
      <p>${say.appsExplain}</p>
      <label for="address">${say.address}</label>
      ${copyRow('address', site.domain)}
    </section>
    ${contactCard(view.contact)}
  </aside>`

/** The front page: what this server is, how to get in, its rules, and what people here said lately. */
export function landingPage(site: Site, view: LandingView): string {
  const main = html`${hero(site, view)}
    <div class="columns">
      <section aria-labelledby="recent">
        <h2 id="recent">${say.recent}</h2>
        ${view.posts.length > 0 ? postList(view.posts) : empty(say.nothingTitle, say.nothing)}
      </section>
      ${beside(site, view)}
    </div>`
  return layout(site, {
    title: site.name,
    description: view.summary || words.tagline,
    canonical: paths.home,
    image: view.thumbnailUrl ? { url: view.thumbnailUrl, alt: '' } : undefined,
    width: 'wide',
    main,
  })
}
