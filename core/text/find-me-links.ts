import { walkHtml } from '#platform/html'

const elements = new Set(['a', 'link', 'area'])

/** The addresses that a page says are the same person, by rel="me", absolute; `base` is where the page came from. */
export function findMeLinks(html: string, base: string): string[] {
  const found = new Set<string>()
  walkHtml(html, {
    open(name, { rel = '', href = '' }) {
      const isMe = elements.has(name) && rel.toLowerCase().split(/\s+/).includes('me')
      const url = isMe ? URL.parse(href, base) : null
      if (url && /^https?:$/.test(url.protocol)) found.add(url.href)
    },
    text() {},
    close() {},
  })
  return [...found]
}
