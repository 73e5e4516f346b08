import { Parser } from 'htmlparser2'
import sanitize from 'sanitize-html'

/** What `walkHtml` reports, in the order of the document; each `open` gets its `close`. */
export type HtmlWalk = {
  open: (name: string, attributes: Record<string, string>) => void
  text: (text: string) => void
  close: (name: string) => void
}

/** An allow-list: what is not named here is taken away. */
export type HtmlPolicy = {
  elements: readonly string[]
  /** Attributes by element; `*` stands for every element. */
  attributes: Readonly<Record<string, readonly string[]>>
  /** Classes that stay; `*` in a name stands for anything. */
  classes: readonly string[]
  /** Protocols of links, without the colon. */
  schemes: readonly string[]
  /** Attributes that every link gets, over what it had. */
  links: Readonly<Record<string, string>>
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text as HTML that shows it, fit for element content and for quoted attribute values. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char)

/**
 * Reads HTML of any quality in one pass, with entities decoded and names in lower case. Elements more than
 * `maxDepth` deep end the reading: the parser searches its stack at every tag, so depth without a bound costs
 * quadratic time. Gives whether all of it was read.
 */
export function walkHtml(html: string, walk: HtmlWalk, maxDepth = 200): boolean {
  const depth: string[] = []
  let whole = true
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!whole) return
      if (depth.length >= maxDepth) {
        whole = false
        parser.pause()
        return
      }
      depth.push(name)
      walk.open(name, attributes)
    },
    ontext(text) {
      if (whole) walk.text(text)
    },
    onclosetag(name) {
      if (!whole) return
      depth.pop()
      walk.close(name)
    },
  })
  parser.end(html)
  for (const name of depth.reverse()) walk.close(name)
  return whole
}

/**
 * The part of `html` that the policy allows, balanced and escaped. Elements outside it leave their text, except
 * those whose content is no text for people (scripts, styles, form choices), which go whole.
 */
export function keepAllowed(html: string, policy: HtmlPolicy): string {
  const attributes = Object.entries(policy.attributes).map(
    ([name, allowed]) => [name, allowed.slice()] as const,
  )
  return sanitize(html, {
    allowedTags: [...policy.elements],
    allowedAttributes: Object.fromEntries<string[]>(attributes),
    allowedClasses: { '*': [...policy.classes] },
    allowedSchemes: [...policy.schemes],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    selfClosing: ['br'],
    parseStyleAttributes: false,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: {
          ...attribs,
          ...policy.links,
          ...(attribs['href'] === undefined ? {} : { href: withPlainHost(attribs['href']) }),
        },
      }),
    },
  })
}

// What a browser shows of a link under the pointer is the host as it is, not one that looks like another (federation rule 162).
const withPlainHost = (href: string): string =>
  /^https?:\/\/[^/?#]*[^\u0020-\u007e/?#]/i.test(href) ? (URL.parse(href)?.href ?? href) : href
