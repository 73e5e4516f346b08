import { LinkifyIt } from 'linkify-it'
import { parse } from 'tldts'

/** A URL in a text, from `start` up to but not including `end` (UTF-16 offsets). */
export type FoundLink = { start: number; end: number; url: string }

/** A longer URL is not linked; what is scanned for one link is bounded by it too. */
const maxLength = 4096

const linkify = new LinkifyIt({ fuzzyEmail: false, maxLength })
const web = 'https:'
const jabber = /(?:\/\/[^\s/@<>"?]{1,256}@[a-z0-9.-]{1,253}\/)?[^\s/@<>"?]{1,256}@[a-z0-9.-]{0,252}[a-z0-9]/iy
const resource = /\/[\w!$&'()*+,;=:@%.~-]{1,1024}/y
const query = /\?[\w!?*'();:&=+$/%#[\]\-.,~|@^]{0,2000}[\w&=#/-]/y

/** The end of what `pattern` matches at `from`, or `from` itself. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/** The end of the link whose protocol ends at `from`; `from` when there is none. */
const readers: Record<string, (text: string, from: number) => number> = {
  'http:': endOfWebLink,
  'https:': endOfWebLink,
  'gemini:': endOfWebLink,
  'xmpp:': (text, from) => {
    const end = endOf(jabber, text, from)
    return end === from ? from : endOf(query, text, endOf(resource, text, end))
  },
  'magnet:': (text, from) => endOf(query, text, from),
}

function endOfWebLink(text: string, from: number): number {
  const end = from + linkify.testSchemaAt(text, web, from)
  const host = /^\/\/([^/?#:]+)/.exec(text.slice(from, end))?.[1] ?? ''
  return /^[\x21-\x7e]*$/.test(host) ? end : endOfMixedHost(from, end, host)
}

/** Scripts without spaces run on after a domain: `https://example.comを読む` links to example.com. */
function endOfMixedHost(from: number, end: number, host: string): number {
  const isListed = (name: string) => {
    const { isIcann, isPrivate } = parse(name)
    return isIcann === true || isPrivate === true
  }
  const ascii = /^[a-z0-9.-]+(?<![.-])/i.exec(host)?.[0] ?? ''
  return !isListed(host) && isListed(ascii) ? from + 2 + ascii.length : end
}

/**
 * Every URL that names its protocol (http, https, gemini, xmpp, magnet), in order and apart from each other. Bare
 * domains and e-mail addresses are not links (HTML-07). A protocol right after a Latin letter, a digit or one of
 * `@ # $ _` is part of a word; other scripts need no space before it.
 */
export function findLinks(text: string): FoundLink[] {
  const links: FoundLink[] = []
  let done = 0
  for (const match of text.matchAll(/(?<![\p{Script=Latin}\p{Nd}@#$_])(?:https?|gemini|xmpp|magnet):/giu)) {
    const start = match.index
    if (start < done) continue
    const from = start + match[0].length
    const end = readers[match[0].toLowerCase()]?.(text, from) ?? from
    if (end === from) continue
    done = end
    const url = text.slice(start, end)
    // What looks like a host in front of an @ is a user name: linking it would send people elsewhere.
    if (url.length < maxLength && text[end] !== '@' && URL.canParse(url)) links.push({ start, end, url })
  }
  return links
}
