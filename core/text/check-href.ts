import { allowedHtml } from '#core/text/allowed-html'

/**
 * A link target from another server as it may be served, or null: absolute, with a protocol that is allowed (federation
 * rule 158), without a user name in front of the host. What browsers would read in another way than people (white
 * space, control characters, backslashes) is written as browsers read it.
 */
export function checkHref(href: string): string | null {
  const url = URL.parse(href)
  if (url === null || !allowedHtml.schemes.includes(url.protocol.slice(0, -1))) return null
  const hasUser = url.username !== '' || url.password !== ''
  url.username = ''
  url.password = ''
  return hasUser || /[\s\\\p{C}]/u.test(href) ? url.href : href
}
