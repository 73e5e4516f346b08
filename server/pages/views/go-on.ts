import { html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { circles } from '#server/pages/parts/brand'
import { words } from '#server/pages/words'

const say = words.goOn

/**
 * Hands the answer to an app by a form (OAUTH-16, response_mode form_post). It is sent by itself where scripts run,
 * else by its button. The caller opens the page for it with `allowFormsTo`.
 */
export function goOnPage(
  site: Site,
  view: { app: string; action: string; fields: Record<string, string> },
): string {
  const fields = Object.entries(view.fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
  const main = html`<div class="card centered">
    ${circles('together')}
    <h1>${say.title(view.app)}</h1>
    <p class="lead">${say.lead(view.app)}</p>
    <form method="post" action="${view.action}" data-goes-on>
      ${fields}<button class="button" type="submit">${say.button}</button>
    </form>
  </div>`
  return layout(site, { title: say.title(view.app), width: 'narrow', noindex: true, main })
}
