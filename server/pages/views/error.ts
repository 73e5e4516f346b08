import { html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { circles } from '#server/pages/parts/brand'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** `requestId` finds the request in the log; `text` replaces the standing explanation where there is a better one. */
export type ErrorView = { status: number; requestId: string | null; title?: string; text?: string }

const known = (status: number): keyof typeof words.errors & number => {
  if (status in words.errors) return status as keyof typeof words.errors & number
  return status >= 500 ? 500 : 422
}

/** Says in plain words what went wrong. The caller sets the status; any other 4xx reads as 422, any other 5xx as 500. */
export function errorPage(site: Site, view: ErrorView): string {
  const said = words.errors[known(view.status)]
  const title = view.title ?? said.title
  const main = html`<div class="card centered">
    ${circles('apart')}
    <p class="status">${view.status}</p>
    <h1>${title}</h1>
    <p class="lead">${view.text ?? said.text}</p>
    <p><a class="button" href="${paths.home}">${words.errors.home}</a></p>
    ${view.requestId && html`<p class="hint">${words.errors.requestId} <code>${view.requestId}</code>.</p>`}
  </div>`
  return layout(site, { title, width: 'narrow', noindex: true, main })
}
