import { flag, html, type Hole, type Html } from '#server/pages/html'
import { words } from '#server/pages/words'

/** What a form shows again after it was refused: what was typed (never a password) and what is wrong, by field name. */
export type FormState<Name extends string> = {
  values?: Partial<Record<Name, string>>
  errors?: Partial<Record<Name | 'form', string>>
}

/** Gives the title of a document with a form: after a refusal screen readers hear that first. */
export const formTitle = (state: FormState<string>, title: string): string =>
  Object.values(state.errors ?? {}).some(Boolean) ? `${words.error}: ${title}` : title

/** One labelled input. `name` is also its id, so a page has one form with that name at most. */
export type Field = {
  name: string
  label: string
  type?: 'text' | 'email' | 'password' | 'date'
  hint?: string
  autocomplete: string
  required?: boolean
  maxLength?: number
  minLength?: number
  pattern?: string
  inputMode?: 'numeric' | 'email'
  /** Kept small letters and no guesses, for names and codes. */
  literal?: boolean
  prefix?: string
  suffix?: string
  autofocus?: boolean
}

/** The hidden field that proves a form came from this session. */
export const csrfField = (token: string | null): Html | null =>
  token === null ? null : html`<input type="hidden" name="_csrf" value="${token}" />`

/** A field that people never see and simple bots fill in. Its value must be empty. */
export const honeypot = (): Html =>
  html`<div class="trap" aria-hidden="true">
    <label for="homepage">${words.form.leaveEmpty}</label>
    <input id="homepage" name="homepage" type="text" tabindex="-1" autocomplete="off" />
  </div>`

/** Names every problem of a form and links each to its field; nothing when there is none. */
export function errorSummary(state: FormState<string>): Html | null {
  const problems = Object.entries(state.errors ?? {}).filter(([, text]) => text)
  if (problems.length === 0) return null
  const items = problems.map(([name, text]) =>
    name === 'form' ? html`<li>${text}</li>` : html`<li><a href="#${name}">${text}</a></li>`,
  )
  return html`<div class="error-summary" role="alert" tabindex="-1" aria-labelledby="problems">
    <h2 id="problems">${words.form.problems(problems.length)}</h2>
    <ul>
      ${items}
    </ul>
  </div>`
}

const when = (name: string, value: string | number | undefined): Html | null =>
  value === undefined ? null : html` ${name}="${value}"`

function describedBy(field: Pick<Field, 'name' | 'hint'>, error: string | undefined): Html | null {
  const ids = [field.hint && `${field.name}-hint`, error && `${field.name}-error`].filter(Boolean)
  return ids.length === 0 ? null : html` aria-describedby="${ids.join(' ')}"`
}

const notes = (field: Pick<Field, 'name' | 'hint'>, error: string | undefined): Html =>
  html`${field.hint && html`<p class="hint" id="${field.name}-hint">${field.hint}</p>`}
  ${error && html`<p class="field-error" id="${field.name}-error">${error}</p>`}`

const label = (field: { name: string; label: string; required?: boolean }): Html =>
  html`<label for="${field.name}"
    >${field.label}${!field.required && html` <small>${words.optional}</small>`}</label
  >`

const reveal = (name: string): Html =>
  html`<button
    class="reveal"
    type="button"
    data-reveal="${name}"
    aria-pressed="false"
    aria-label="${words.form.showLabel}"
    hidden
  >
    ${words.form.show}
  </button>`

function input(field: Field, state: FormState<string>): Html {
  const error = state.errors?.[field.name]
  const type = field.type ?? 'text'
  const value = type === 'password' ? undefined : state.values?.[field.name]
  const literal = field.literal && html` autocapitalize="none" autocorrect="off" spellcheck="false"`
  return html`<input
    id="${field.name}"
    name="${field.name}"
    type="${type}"
    autocomplete="${field.autocomplete}"
    ${when('value', value)}${when('maxlength', field.maxLength)}${when('minlength', field.minLength)}${when('pattern', field.pattern)}${when('inputmode', field.inputMode)}${literal}${describedBy(field, error)}${error && html` aria-invalid="true"`}${flag('required', field.required)}${flag('autofocus', field.autofocus)}
  />`
}

/** Writes one labelled input with its hint and its error, filled with what was typed before. */
export function textField(field: Field, state: FormState<string>): Html {
  const error = state.errors?.[field.name]
  const affix = (text?: string) => text && html`<span class="affix" aria-hidden="true">${text}</span>`
  return html`<div class="${error ? 'field has-error' : 'field'}">
    ${label(field)} ${notes(field, error)}
    <div class="control">
      ${affix(field.prefix)}${input(field, state)}${affix(field.suffix)}${field.type === 'password' && reveal(field.name)}
    </div>
  </div>`
}

/** Writes a labelled box for some sentences. */
export function textArea(field: Omit<Field, 'type'> & { rows: number }, state: FormState<string>): Html {
  const error = state.errors?.[field.name]
  return html`<div class="${error ? 'field has-error' : 'field'}">
    ${label(field)} ${notes(field, error)}
    <textarea
      id="${field.name}"
      name="${field.name}"
      rows="${field.rows}"
      autocomplete="${field.autocomplete}"
      ${when('maxlength', field.maxLength)}${describedBy(field, error)}${error && html` aria-invalid="true"`}${flag('required', field.required)}
    >
${state.values?.[field.name]}</textarea>
  </div>`
}

/** Writes a tick box with its label behind it. Any kept value means ticked. */
export function checkbox(
  field: { name: string; label: Hole; required?: boolean },
  state: FormState<string>,
): Html {
  const error = state.errors?.[field.name]
  return html`<div class="${error ? 'field check has-error' : 'field check'}">
    ${notes({ name: field.name }, error)}
    <label
      ><input
        id="${field.name}"
        name="${field.name}"
        type="checkbox"
        value="yes"
        ${describedBy({ name: field.name }, error)}${error && html` aria-invalid="true"`}${flag('required', field.required)}${flag('checked', Boolean(state.values?.[field.name]))}
      />
      <span>${field.label}</span></label
    >
  </div>`
}

/** Says that something went well, at the top of the page that follows. */
export const notice = (text: string | undefined): Html | null =>
  text ? html`<p class="notice" role="status">${text}</p>` : null
