import { walkHtml } from '#platform/html'

/** What stands in the head of a page, as it stands there. */
export type PageHead = {
  title: string
  language: string
  /** By name or property in lower case; the first of each counts. */
  metas: Map<string, string>
  links: { rel: string[]; type: string; href: string; title: string }[]
  /** The texts of JSON-LD scripts. */
  data: string[]
}

const LONGEST = 2_000_000
const LINKS = 200
const DATA = 10

/** Reads the tags of a page that say what it is; HTML of any quality, within bounds. */
export function scanPage(html: string): PageHead {
  const head: PageHead = { title: '', language: '', metas: new Map(), links: [], data: [] }
  let inside = ''
  let hasTitle = false
  walkHtml(html.slice(0, LONGEST), {
    open(name, attributes) {
      inside = insideOf(name, attributes)
      if (inside === 'data') head.data.push('')
      if (name === 'html') head.language = attributes.lang ?? ''
      if (name === 'meta') takeMeta(head, attributes)
      if (name === 'link' && head.links.length < LINKS) head.links.push(linkOf(attributes))
    },
    text(text) {
      // Pictures in the page have titles, too.
      if (inside === 'title' && !hasTitle) head.title += text
      if (inside === 'data' && head.data.length <= DATA) head.data[head.data.length - 1] += text
    },
    close(name) {
      if (name === 'title') hasTitle = true
      inside = ''
    },
  })
  return head
}

const insideOf = (name: string, attributes: Record<string, string>): string =>
  name === 'title'
    ? 'title'
    : name === 'script' && /^application\/ld\+json\b/i.test(attributes.type ?? '')
      ? 'data'
      : ''

function takeMeta({ metas }: PageHead, attributes: Record<string, string>): void {
  const content = attributes.content?.trim()
  if (!content) return
  for (const name of [attributes.property, attributes.name, attributes.itemprop]) {
    const key = name?.trim().toLowerCase()
    if (key && !metas.has(key)) metas.set(key, content)
  }
}

const linkOf = (attributes: Record<string, string>): PageHead['links'][number] => ({
  rel: (attributes.rel ?? '').toLowerCase().split(/\s+/),
  type: (attributes.type ?? '').toLowerCase(),
  href: attributes.href ?? '',
  title: attributes.title ?? '',
})
