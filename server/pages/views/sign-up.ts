import { html, type Html } from '#server/pages/html'
import { layout, type Site } from '#server/pages/layout'
import {
  checkbox,
  csrfField,
  errorSummary,
  formTitle,
  honeypot,
  textArea,
  textField,
  type FormState,
} from '#server/pages/parts/form'
import { circles } from '#server/pages/parts/brand'
import { rulesList, type RuleView } from '#server/pages/parts/rules'
import { paths } from '#server/pages/paths'
import { words } from '#server/pages/words'

/** The names of the fields that the form posts to `paths.signUp`, beside `_csrf` and the trap `homepage`. */
export type SignUpField = 'username' | 'email' | 'password' | 'birthDate' | 'reason' | 'agreement'

export type SignUpView = FormState<SignUpField> & {
  /** `minimumAge` null means that no date of birth is asked. */
  minimumAge: number | null
  asksReason: boolean
  rules: RuleView[]
  maxUsernameLength: number
  /** The code that somebody was invited by. */
  invite: string | null
}

const say = words.signUpPage

function fields(site: Site, view: SignUpView): Html {
  const username = {
    name: 'username',
    label: say.username,
    hint: say.usernameHint,
    autocomplete: 'username',
    required: true,
    literal: true,
    maxLength: view.maxUsernameLength,
    pattern: '[a-zA-Z0-9_]+',
    prefix: '@',
    suffix: `@${site.domain}`,
  }
  return html`${textField(username, view)}
  ${textField({ name: 'email', label: say.email, type: 'email', hint: say.emailHint, autocomplete: 'email', required: true, maxLength: 254 }, view)}
  ${textField({ name: 'password', label: say.password, type: 'password', hint: say.passwordHint, autocomplete: 'new-password', required: true, minLength: 8, maxLength: 128 }, view)}
  ${view.minimumAge !== null && textField({ name: 'birthDate', label: say.birthDate, type: 'date', hint: say.birthDateHint(view.minimumAge), autocomplete: 'bday', required: true }, view)}
  ${view.asksReason && textArea({ name: 'reason', label: say.reason, hint: say.reasonHint, autocomplete: 'off', required: true, maxLength: 2000, rows: 3 }, view)}`
}

const agreement = html`${say.agreeBefore} <a href="${paths.about}">${say.agreeRules}</a> ${say.agreeAnd}
  <a href="${paths.privacy}">${say.agreePrivacy}</a>`

/** The form that makes an account. Posts to `paths.signUp`. */
export function signUpPage(site: Site, view: SignUpView): string {
  const main = html`<div class="card">
      <h1>${say.title}</h1>
      <p class="lead">${say.lead(site.domain)}</p>
      ${errorSummary(view)}
      <form method="post" action="${paths.signUp}" novalidate>
        ${csrfField(site.csrfToken)} ${honeypot()}
        ${view.invite && html`<input type="hidden" name="invite" value="${view.invite}" />`}
        ${fields(site, view)}
        ${
          view.rules.length > 0 &&
          html`<details class="house-rules">
            <summary>${words.landing.rules}</summary>
            ${rulesList(view.rules)}
          </details>`
        }
        ${checkbox({ name: 'agreement', label: agreement, required: true }, view)}
        <button class="button wide-button" type="submit">${say.submit}</button>
      </form>
    </div>
    <p class="aside">${say.haveOne} <a href="${paths.logIn}">${words.logIn}</a></p>`
  return layout(site, { title: formTitle(view, say.title), width: 'narrow', noindex: true, main })
}

/** What stands at `paths.signUp` when the server takes nobody in. */
export function signUpClosedPage(site: Site): string {
  const main = html`<div class="card centered">
    ${circles('apart')}
    <h1>${say.closedTitle}</h1>
    <p class="lead">${say.closed}</p>
    <p><a class="button quiet" href="${paths.home}">${words.errors.home}</a></p>
  </div>`
  return layout(site, { title: say.closedTitle, width: 'narrow', noindex: true, main })
}
