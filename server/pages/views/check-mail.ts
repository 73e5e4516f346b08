import { html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { csrfField } from '#server/pages/parts/form'
import { circles } from '#server/pages/parts/brand'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

export type CheckMailView = { email: string; sentAgain: boolean }

const say = words.checkMail

/** Shown after signing up. Its form posts `email` to `paths.resendMail` to have the link sent again. */
export function checkMailPage(site: Site, view: CheckMailView): string {
  const main = html`<div class="card centered">
      ${circles('together')}
      <h1>${say.title}</h1>
      <p class="lead">${say.lead(view.email)}</p>
      ${view.sentAgain && html`<p class="notice" role="status">${say.sentAgain}</p>`}
      <form method="post" action="${paths.resendMail}">
        ${csrfField(site.csrfToken)}<input type="hidden" name="email" value="${view.email}" />
        <p class="hint">${say.nothing}</p>
        <button class="button quiet" type="submit">${say.again}</button>
      </form>
    </div>
    <p class="aside"><a href="${paths.signUp}">${say.wrong}</a></p>`
  return layout(site, { title: say.title, width: 'narrow', noindex: true, main })
}
