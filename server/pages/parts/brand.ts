import { html, raw, type Html } from '#server/pages/html'

const lens = 'M16 7.34a10 10 0 0 1 0 17.32 10 10 0 0 1 0-17.32'

/** Kith's mark: two circles of friends, and what they share. */
export const mark = (className = 'mark'): Html =>
  html`<svg class="${className}" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <circle class="mark-left" cx="11" cy="16" r="10" />
    <circle class="mark-right" cx="21" cy="16" r="10" />
    <path class="mark-lens" d="${lens}" />
  </svg>`

/** The name drawn in one round stroke; the dot of its i is the mark's left circle. */
export const wordmark = (): Html =>
  html`<svg class="wordmark" viewBox="0 0 92 40" role="img" aria-label="Kith">
    ${raw('<g class="wordmark-line"><path d="M6 4v31M22 15 6.5 26M11.5 22.5 23 35M37 16v19M52 7v21a7 7 0 0 0 7 7h2M45.5 16H61M71 4v31M71 24a8 8 0 0 1 16 0v11"/></g><circle class="wordmark-dot" cx="37" cy="6.5" r="3.4"/>')}
  </svg>`

/** Circles that have not met yet, for pages where something is missing, and circles that have, for good news. */
export const circles = (how: 'apart' | 'together'): Html => {
  const [left, right] = how === 'apart' ? [34, 126] : [62, 98]
  const lean = how === 'apart' ? 0 : 7
  const face = (x: number) =>
    html`<circle class="face" cx="${x - 8}" cy="38" r="2.4" /><circle
        class="face"
        cx="${x + 8}"
        cy="38"
        r="2.4"
      />
      <path class="smile" d="${how === 'apart' ? `M${x - 5} 51h10` : `M${x - 7} 48a8 8 0 0 0 14 0`}" />`
  return html`<svg class="circles" viewBox="0 0 160 84" aria-hidden="true" focusable="false">
    <circle class="mark-left" cx="${left}" cy="42" r="30" />
    <circle class="mark-right" cx="${right}" cy="42" r="30" />
    ${how === 'together' && raw('<path class="mark-lens" d="M80 18a30 30 0 0 1 0 48 30 30 0 0 1 0-48"/>')}
    ${face(left - lean)} ${face(right + lean)}
  </svg>`
}
