import { html, safeUrl, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { csrfField } from '#server/pages/parts/form'
import { mark } from '#server/pages/parts/brand'
import { scopeGroups } from '#server/pages/parts/scopes'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

export type ConsentView = {
  app: { name: string; website: string | null }
  scopes: string[]
  /** Where the answer goes: a host, a scheme such as `myapp`, or null when a code will be shown for copying. */
  redirectHost: string | null
  /** What has to come back with the decision: the request as hidden fields, by name. */
  hidden: Record<string, string>
}

const say = words.consent

const hiddenFields = (fields: Record<string, string>): Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)

function website(url: string | null): Html {
  const host = url === null ? undefined : URL.parse(url)?.host
  if (!url || !host) return html`<p class="app-site">${say.noSite}</p>`
  return html`<p class="app-site">
    <a href="${safeUrl(url)}" rel="nofollow noopener noreferrer">${host}</a>
  </p>`
}

/**
 * Asks whether an app may use the account (OAUTH-11). Posts to `paths.authorize` with `decision` being `approve` or
 * `deny`, and the hidden fields.
 */
export function consentPage(site: Site, view: ConsentView): string {
  const main = html`<div class="card consent">
    <div class="handshake">${mark()}</div>
    <h1><bdi>${view.app.name}</bdi> <small>${say.asking}</small></h1>
    ${website(view.app.website)} ${scopeGroups(view.scopes)}
    <p class="hint">${say.nothingMore}</p>
    <p class="hint">${view.redirectHost === null ? say.staysHere : say.goesTo(view.redirectHost)}</p>
    <form method="post" action="${paths.authorize}">
      ${csrfField(site.csrfToken)} ${hiddenFields(view.hidden)}
      <div class="decision">
        <button class="button quiet" type="submit" name="decision" value="deny">${say.deny}</button>
        <button class="button" type="submit" name="decision" value="approve">${say.approve}</button>
      </div>
    </form>
    <p class="below">${say.as} <strong>${site.viewer?.handle}</strong>.</p>
  </div>`
  return layout(site, { title: say.title(view.app.name), width: 'narrow', noindex: true, main })
}
