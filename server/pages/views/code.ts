import { html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { circles } from '#server/pages/parts/brand'
import { words } from '#server/pages/words'

const say = words.code

/** Shows an authorization code for copying, for apps without an address to be sent back to (OAUTH-14). */
export function codePage(site: Site, view: { app: string; code: string }): string {
  const main = html`<div class="card centered">
    ${circles('together')}
    <h1>${say.title}</h1>
    <p class="lead">${say.lead(view.app)}</p>
    <div class="copy-row">
      <label class="hidden-label" for="code">${say.label}</label>
      <textarea id="code" rows="2" readonly autocomplete="off" spellcheck="false">${view.code}</textarea>
      <button class="button quiet" type="button" data-copy="code" data-done="${words.form.copied}" hidden>
        ${words.form.copy}
      </button>
    </div>
    <p class="hint">${say.warning}</p>
  </div>`
  return layout(site, { title: say.title, width: 'narrow', noindex: true, main })
}
