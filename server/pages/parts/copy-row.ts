import { html, type Html } from '#server/pages/html'
import { words } from '#server/pages/words'

/** A line of text and a button that copies it, which a script shows. `id` is that of the line, for its label. */
export const copyRow = (id: string, text: string): Html =>
  html`<div class="copy-row">
    <input id="${id}" type="text" value="${text}" readonly autocomplete="off" spellcheck="false" />
    <button
      class="button quiet small"
      type="button"
      data-copy="${id}"
      data-done="${words.form.copied}"
      hidden
    >
      ${words.form.copy}
    </button>
  </div>`
