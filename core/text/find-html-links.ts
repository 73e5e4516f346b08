import { checkHref } from '#core/text/check-href'
import { walkHtml } from '#platform/html'

const ours = new Set(['mention', 'hashtag', 'u-url'])

/**
 * The web addresses that HTML links to, in order and each once, without its mentions and hashtags; a preview card takes
 * the first (STAT-31, federation rule 111). Expects what `sanitizeHtml` or `composeText` gave.
 */
export function findHtmlLinks(html: string): string[] {
  const urls = new Set<string>()
  walkHtml(html, {
    open(name, attributes) {
      const isOurs = attributes.class?.split(' ').some((one) => ours.has(one)) ?? false
      const url = name === 'a' && !isOurs ? checkHref(attributes.href ?? '') : null
      if (url !== null && /^https?:/i.test(url)) urls.add(url)
    },
    text() {},
    close() {},
  })
  return [...urls]
}
