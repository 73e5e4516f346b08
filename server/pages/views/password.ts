import { html, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import { circles } from '#server/pages/parts/brand'
import {
  csrfField,
  errorSummary,
  formTitle,
  notice,
  textField,
  type Field,
  type FormState,
} from '#server/pages/parts/form'
import { settingsFrame } from '#server/pages/parts/settings-frame'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

const say = words.password

const newPassword: Field = {
  name: 'password',
  label: say.next,
  type: 'password',
  hint: say.hint,
  autocomplete: 'new-password',
  required: true,
  minLength: 8,
  maxLength: 128,
}

const narrow = (site: Site, title: string, main: Html) =>
  layout(site, { title, width: 'narrow', noindex: true, main })

/** Asks for the address of an account. Posts `email` to `paths.forgotPassword`. */
export function forgotPasswordPage(site: Site, view: FormState<'email'>): string {
  const main = html`<div class="card">
      <h1>${say.forgotTitle}</h1>
      <p class="lead">${say.forgotLead}</p>
      ${errorSummary(view)}
      <form method="post" action="${paths.forgotPassword}" novalidate>
        ${csrfField(site.csrfToken)}
        ${textField({ name: 'email', label: say.email, type: 'email', autocomplete: 'email', required: true, maxLength: 254, autofocus: true }, view)}
        <button class="button wide-button" type="submit">${say.send}</button>
      </form>
    </div>
    <p class="aside"><a href="${paths.logIn}">${say.back}</a></p>`
  return narrow(site, formTitle(view, say.forgotTitle), main)
}

/** The same answer whether the account exists or not. */
export function resetSentPage(site: Site): string {
  const main = html`<div class="card centered">
    ${circles('together')}
    <h1>${say.sentTitle}</h1>
    <p class="lead">${say.sent}</p>
    <p><a class="button quiet" href="${paths.logIn}">${say.back}</a></p>
  </div>`
  return narrow(site, say.sentTitle, main)
}

/** Behind the mailed link. Posts `token` and `password` to `paths.resetPassword`; a null token is a dead link. */
export function resetPasswordPage(
  site: Site,
  view: FormState<'password'> & { token: string | null },
): string {
  if (view.token === null) {
    const main = html`<div class="card centered">
      ${circles('apart')}
      <h1>${say.deadTitle}</h1>
      <p class="lead">${say.dead}</p>
      <p><a class="button" href="${paths.forgotPassword}">${say.anew}</a></p>
    </div>`
    return narrow(site, say.deadTitle, main)
  }
  const main = html`<div class="card">
    <h1>${say.resetTitle}</h1>
    <p class="lead">${say.resetLead}</p>
    ${errorSummary(view)}
    <form method="post" action="${paths.resetPassword}" novalidate>
      ${csrfField(site.csrfToken)}<input type="hidden" name="token" value="${view.token}" />
      ${textField(newPassword, view)}
      <button class="button wide-button" type="submit">${say.save}</button>
    </form>
  </div>`
  return narrow(site, formTitle(view, say.resetTitle), main)
}

/** For people who are logged in. Posts `currentPassword` and `password` to `paths.changePassword`. */
export function changePasswordPage(
  site: Site,
  view: FormState<'currentPassword' | 'password'> & { notice?: string },
): string {
  const main = html`<p class="lead">${say.changeLead}</p>
    ${notice(view.notice)} ${errorSummary(view)}
    <form class="card" method="post" action="${paths.changePassword}" novalidate>
      ${csrfField(site.csrfToken)}
      ${textField({ name: 'currentPassword', label: say.current, type: 'password', autocomplete: 'current-password', required: true, maxLength: 128 }, view)}
      ${textField(newPassword, view)}
      <button class="button" type="submit">${say.save}</button>
    </form>`
  return settingsFrame(site, { title: say.changeTitle, current: 'changePassword', main })
}
