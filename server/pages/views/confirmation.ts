import { html, safeUrl } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { csrfField } from '#server/pages/parts/form'
import { circles } from '#server/pages/parts/brand'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/**
 * Where a mailed link leads. `ask` shows a button that posts `token` to `paths.confirm`, because mail scanners open
 * links; the others are results. `app` is where the person signed up from, if that was an app with an address.
 */
export type ConfirmationView =
  | { state: 'ask'; email: string; token: string }
  | { state: 'done'; app: { name: string; url: string } | null }
  | { state: 'pending' }
  | { state: 'failed' }

const say = words.confirm

function contents(site: Site, view: ConfirmationView) {
  if (view.state === 'ask') {
    const main = html`<p class="lead">${say.ask(view.email)}</p>
      <form method="post" action="${paths.confirm}">
        ${csrfField(site.csrfToken)}<input type="hidden" name="token" value="${view.token}" />
        <button class="button wide-button" type="submit">${say.button}</button>
      </form>`
    return { title: say.askTitle, main }
  }
  if (view.state === 'pending')
    return { title: words.signUpPage.waitingTitle, main: html`<p class="lead">${say.pending}</p>` }
  const goOn = html`<p><a class="button" href="${paths.logIn}">${say.goOn}</a></p>`
  if (view.state === 'failed')
    return {
      title: say.failedTitle,
      main: html`<p class="lead">${say.failed}</p>
        ${goOn}`,
    }
  const back =
    view.app && html`<p><a class="button" href="${safeUrl(view.app.url)}">${say.back(view.app.name)}</a></p>`
  return {
    title: say.doneTitle,
    main: html`<p class="lead">${say.done}</p>
      ${back ?? goOn}`,
  }
}

/** The page behind the link in a confirmation mail, before and after its button is pressed. */
export function confirmationPage(site: Site, view: ConfirmationView): string {
  const { title, main } = contents(site, view)
  const card = html`<div class="card centered">
    ${circles(view.state === 'failed' ? 'apart' : 'together')}
    <h1>${title}</h1>
    ${main}
  </div>`
  return layout(site, { title, width: 'narrow', noindex: true, main: card })
}
