import type { Settings } from '#core/instances/read-settings'
import { html } from '#server/pages/html'
import { usualPrivacy } from '#server/pages/words/privacy'

const usual = html`${usualPrivacy.map(
  ({ title, texts }) =>
    html`<h2>${title}</h2>
      ${texts.map((text) => html`<p>${text}</p>`)}`,
)}`.text

/** The privacy notes as HTML: those of the admins, else those that come with Kith. */
export const privacyHtml = (settings: Settings): string => settings.privacyHtml || usual
