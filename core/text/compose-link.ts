import { escapeHtml } from '#platform/html'

const shownLength = 30

/**
 * A URL as an anchor (HTML-06): the protocol and `www.` invisible, the next 30 characters, the rest invisible. A magnet
 * link shows its protocol: nothing else says what it is.
 */
export function composeLink(url: string, rel = 'nofollow noopener'): string {
  const prefix = /^(?:(?:https?|gemini):\/\/(?:www\.)?|xmpp:)/i.exec(url)?.[0] ?? ''
  const characters = Array.from(url.slice(prefix.length))
  const shown = characters.slice(0, shownLength).join('')
  const rest = characters.slice(shownLength).join('')
  return (
    `<a href="${escapeHtml(url)}" target="_blank" rel="${rel}" translate="no">` +
    `<span class="invisible">${escapeHtml(prefix)}</span>` +
    `<span class="${rest === '' ? '' : 'ellipsis'}">${escapeHtml(shown)}</span>` +
    `<span class="invisible">${escapeHtml(rest)}</span></a>`
  )
}
