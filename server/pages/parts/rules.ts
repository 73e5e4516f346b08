import { html, type Html } from '#server/pages/html'

/** One rule of the house, with an explanation that may be empty. */
export type RuleView = { text: string; hint: string }

/** The house rules as a numbered list. */
export const rulesList = (rules: readonly RuleView[]): Html =>
  html`<ol class="rules">
    ${rules.map(
      ({ text, hint }) =>
        html`<li>
          <p>${text}</p>
          ${hint && html`<p class="hint">${hint}</p>`}
        </li>`,
    )}
  </ol>`
