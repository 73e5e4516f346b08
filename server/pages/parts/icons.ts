import { html, raw, type Html } from '#server/pages/html'

const shapes = {
  arrowLeft: '<path d="M19 12H5m6-6-6 6 6 6"/>',
  arrowRight: '<path d="M5 12h14m-6-6 6 6-6 6"/>',
  bell: '<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6H4s2-1 2-6m4 10a2 2 0 0 0 4 0"/>',
  boost: '<path d="M4 9l3-3 3 3M7 6v9a3 3 0 0 0 3 3h3m7-3-3 3-3-3m3 3V9a3 3 0 0 0-3-3h-3"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  desktop: '<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M9 20h6m-3-4v4"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12"/><circle cx="12" cy="12" r="2.8"/>',
  feed: '<path d="M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14"/><circle cx="6" cy="18" r="1.2"/>',
  file: '<path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zm0 0v5h5"/>',
  heart:
    '<path d="M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20"/>',
  key: '<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9m-4 4 3 3m-6 0 2 2"/>',
  link: '<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>',
  lock: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  moon: '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10"/>',
  pen: '<path d="M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19zm10-13 3 3"/>',
  people:
    '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 19.5a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4m2.5 3.6a6.5 6.5 0 0 1 3 4.7"/>',
  phone: '<rect x="7" y="3" width="10" height="18" rx="2.5"/><path d="M11 18h2"/>',
  pin: '<path d="M9 4h6l-1 6 3 3v2H7v-2l3-3zm3 11v6"/>',
  puzzle:
    '<path d="M9 5a2 2 0 1 1 4 0h4a1 1 0 0 1 1 1v4a2 2 0 1 1 0 4v4a1 1 0 0 1-1 1h-4a2 2 0 1 0-4 0H5a1 1 0 0 1-1-1v-4a2 2 0 1 0 0-4V6a1 1 0 0 1 1-1z"/>',
  quote: '<path d="M9 7H5v5h4v1a3 3 0 0 1-3 3m13-9h-4v5h4v1a3 3 0 0 1-3 3"/>',
  reply: '<path d="M20 18v-2a5 5 0 0 0-5-5H4m5-5-5 5 5 5"/>',
  robot: '<rect x="4" y="9" width="16" height="10" rx="3"/><path d="M12 5v4M9 14h.01M15 14h.01"/>',
  shield: '<path d="M12 3l7 3v5c0 5-3.2 8.3-7 10-3.8-1.7-7-5-7-10V6z"/>',
  globe: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17"/>',
  warning: '<path d="M12 4 2.8 19.5h18.4zM12 10v4.5m0 2.5v.01"/>',
} as const

/** The name of a drawing in Kith's own set: one stroke width, round ends, 24 by 24. */
export type IconName = keyof typeof shapes

/** Gives a drawing that takes the colour of the text around it and says nothing to screen readers. */
export const icon = (name: IconName): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${raw(shapes[name])}</svg>`
