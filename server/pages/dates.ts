import { html, type Html } from '#server/pages/html'

const day = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const minute = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
})
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Shows an ISO 8601 moment to the minute. Scripts may turn it into the reader's own zone; without them it is UTC. */
export const momentOf = (iso: string): Html =>
  html`<time datetime="${iso}" data-local title="${minute.format(new Date(iso))} UTC"
    >${minute.format(new Date(iso))}</time
  >`

/** Shows an ISO 8601 moment to the day. */
export const dayOf = (iso: string): Html => html`<time datetime="${iso}">${day.format(new Date(iso))}</time>`

/** Gives the month and year of an ISO 8601 moment in words: March 2026. */
export const monthOf = (iso: string): Html =>
  html`<time datetime="${iso}">${month.format(new Date(iso))}</time>`
