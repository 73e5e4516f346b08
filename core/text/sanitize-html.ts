import { allowedHtml, longestHtml } from '#core/text/allowed-html'
import { composeLink } from '#core/text/compose-link'
import { cutText } from '#core/text/cut-text'
import { reshapeHtml } from '#core/text/reshape-html'
import { keepAllowed } from '#platform/html'

/**
 * HTML from anywhere as Kith may store and serve it (HTML-11, federation rules 157 to 159): nothing but the elements,
 * attributes, classes and link protocols of `allowedHtml`, balanced, nested at most 200 deep. Never throws, takes time
 * linear in the input, and a second pass changes nothing. When something had to be cut and `source` is given, a link
 * to that URL ends the text.
 */
export function sanitizeHtml(html: string, source?: string): string {
  const cut = cutText(html, longestHtml)
  const shaped = reshapeHtml(cut)
  const isWhole = cut.length === html.length && shaped.isWhole
  const rest = isWhole || source === undefined ? '' : reshapeHtml(`<p>${composeLink(source)}</p>`).html
  return keepAllowed(shaped.html + rest, allowedHtml)
}
