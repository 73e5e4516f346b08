import { html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import {
  checkbox,
  csrfField,
  errorSummary,
  formTitle,
  notice,
  textField,
  type FormState,
} from '#server/pages/parts/form'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** The names of the fields that the form posts to `paths.logIn`, beside `_csrf` and `next`. */
export type LogInField = 'identifier' | 'password' | 'remember'

export type LogInView = FormState<LogInField> & {
  /** Where to go afterwards: a path of this site. Sent back as the hidden field `next`. */
  next: string | null
  /** The app that asked, when this is on the way to a consent page (OAUTH-11). */
  app: string | null
  notice?: string
}

const say = words.logInPage

const next = (path: string | null) =>
  path !== null && html`<input type="hidden" name="next" value="${path}" />`

/** The form that opens a session. Posts to `paths.logIn`. */
export function logInPage(site: Site, view: LogInView): string {
  const main = html`<div class="card">
      <h1>${say.title} ${view.app && html`<small>${say.forApp(view.app)}</small>`}</h1>
      ${notice(view.notice)} ${errorSummary(view)}
      <form method="post" action="${paths.logIn}" novalidate>
        ${csrfField(site.csrfToken)} ${next(view.next)}
        ${textField({ name: 'identifier', label: say.identifier, autocomplete: 'username', inputMode: 'email', required: true, literal: true, maxLength: 254, autofocus: !view.errors }, view)}
        ${textField({ name: 'password', label: say.password, type: 'password', autocomplete: 'current-password', required: true, maxLength: 128 }, view)}
        ${checkbox({ name: 'remember', label: say.remember }, view)}
        <button class="button wide-button" type="submit">${say.submit}</button>
      </form>
      <p class="below"><a href="${paths.forgotPassword}">${say.forgot}</a></p>
    </div>
    ${site.signUps !== 'closed' && html`<p class="aside">${say.newHere} <a href="${paths.signUp}">${words.signUp}</a></p>`}`
  return layout(site, { title: formTitle(view, say.title), width: 'narrow', noindex: true, main })
}

/** The second step for accounts with two factors. Posts `code` to the given path. */
export function logInCodePage(
  site: Site,
  view: FormState<'code'> & { action: string; next: string | null },
): string {
  const main = html`<div class="card">
    <h1>${say.codeTitle}</h1>
    ${errorSummary(view)}
    <form method="post" action="${view.action}" novalidate>
      ${csrfField(site.csrfToken)} ${next(view.next)}
      ${textField({ name: 'code', label: say.code, hint: say.codeHint, autocomplete: 'one-time-code', required: true, literal: true, maxLength: 32, autofocus: true }, view)}
      <button class="button wide-button" type="submit">${say.submit}</button>
    </form>
  </div>`
  return layout(site, { title: formTitle(view, say.codeTitle), width: 'narrow', noindex: true, main })
}
