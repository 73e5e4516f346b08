import { html, safeUrl, type Html } from '#server/pages/html'
import { avatar } from '#server/pages/parts/avatar'
import { words } from '#server/pages/words'

/** Who keeps the server: an account, an address, both or neither. */
export type ContactView = {
  account: { displayName: string; handle: string; url: string; avatarUrl: string | null } | null
  email: string | null
}

/** Shows who keeps the server and how to reach them; nothing when neither is known. */
export function contactCard({ account, email }: ContactView): Html | null {
  if (!account && !email) return null
  return html`<section class="contact" aria-labelledby="contact">
    <h2 id="contact">${words.landing.contact}</h2>
    ${
      account &&
      html`<p class="person">
        ${avatar(account, 48)}
        <span
          ><a href="${safeUrl(account.url)}"><bdi>${account.displayName}</bdi></a>
          <small class="handle">${account.handle}</small></span
        >
      </p>`
    }
    ${email && html`<p><a href="mailto:${email}">${email}</a></p>`}
  </section>`
}
