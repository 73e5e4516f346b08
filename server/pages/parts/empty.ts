import { html, type Html } from '#server/pages/html'
import { circles } from '#server/pages/parts/brand'

/** Stands where a list would be when there is nothing in it. */
export const empty = (title: string, text: string): Html =>
  html`<div class="empty">
    ${circles('apart')}
    <p class="empty-title">${title}</p>
    <p>${text}</p>
  </div>`
